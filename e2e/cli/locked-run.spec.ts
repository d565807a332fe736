import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { asListing, expectOneLineError } from '../driver/json-shapes.ts';
import { builtApp } from '../driver/places.ts';
import { readJson, runCli } from '../driver/run-cli.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';

let holder: ChildProcess | null = null;
test.afterEach(() => void holder?.kill('SIGKILL'));

/** Another process that holds the kernel's lock of a run until it is killed. */
async function hold(run: string): Promise<ChildProcess> {
  await mkdir(join(run, '.cairn'), { recursive: true });
  const native = join(builtApp, `native/${process.platform}-${process.arch}/fs-native-extensions.node`);
  const text = JSON.stringify({ who: 'ann@there, process 7', command: 'prune', since: 'noon' });
  const script = `
    const file = require('fs').openSync(process.argv[1], 'w+');
    require(process.argv[2]).tryLock(file, 0, 0, true);
    require('fs').writeSync(file, process.argv[3]);
    console.log('held');
    setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ['-e', script, join(run, '.cairn/lock'), native, text], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  holder = child;
  await once(child.stdout, 'data');
  return child;
}

test('a run that another process writes to is read; writing waits, then names the holder, and nothing is done', async () => {
  const run = await copySampleRun();
  const child = await hold(run);
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
