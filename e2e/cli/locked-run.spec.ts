import type { ChildProcess } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { holdLock } from '../driver/hold-lock.ts';
import { asListing, expectOneLineError } from '../driver/json-shapes.ts';
import { readJson, runCli } from '../driver/run-cli.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';

let holder: ChildProcess | null = null;
test.afterEach(() => void holder?.kill('SIGKILL'));

test('a run that another process writes to is read; writing waits, then names the holder, and nothing is done', async () => {
  const run = await copySampleRun();
  const child = await holdLock(run);
  holder = child;
  const models = await readdir(join(run, 'best_models'));
  expect(asListing(await readJson(['ls', run])).versions).toHaveLength(26);
  expect((await runCli(['best', run])).code).toBe(0);
  for (const args of [
    ['prune', run, '--keep-best', '1', '--yes'],
    ['trash', run, 'v1'],
    ['pin', run, 'v1'],
    ['backup', run, 'v1'],
  ]) {
    const finished = await runCli([...args, '--wait', '0.2']);
    expectOneLineError(finished.stderr);
    expect([args, finished.code]).toEqual([args, 3]);
    expect(finished.stderr).toContain(
      'the run is locked — prune of ann@there, process 7, since noon, is writing to it',
    );
  }
  expect(await readdir(join(run, 'best_models'))).toEqual(models);
  const waiting = runCli(['pin', run, 'v1', '--wait', '30']);
  child.kill('SIGKILL');
  expect((await waiting).code).toBe(0);
});
