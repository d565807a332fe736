import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { holdLock } from '../driver/hold-lock.ts';
import { asListing, expectOneLineError } from '../driver/json-shapes.ts';
import { readJson, runCli, startCli } from '../driver/run-cli.ts';
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

/** As on a network mount: the kernel has no lock for the run's own file. */
const lockless = (run: string) => [
  ...['strace', '-f', '-qq', '-o', '/dev/null', '-P', join(run, '.cairn/lock')],
  ...['-e', 'trace=fcntl', '-e', 'inject=fcntl:error=ENOLCK'],
];

const claimsOf = async (run: string) =>
  (await readdir(join(run, '.cairn'))).filter((name) => name.startsWith('lock.'));

test('where the file system has no locks several write one after another all the same, and it is said in one line', async () => {
  test.skip(process.platform !== 'linux', 'strace is a Linux program');
  const run = await copySampleRun();
  const words = ['v1', 'v2', 'v3', 'v4'];
  await readJson(['pin', run, 'v11']);
  const ends = await Promise.all(
    words.map((word) => runCli(['pin', run, word, '--wait', '60'], { under: lockless(run) })),
  );
  for (const { code, stderr } of ends) {
    expect([code, stderr.trim().split('\n')]).toEqual([
      0,
      [expect.stringMatching(/the file system of .* has no locks — a file in \.cairn stands for one/)],
    ]);
  }
  for (const word of [...words, 'v11'])
    expect(await readJson(['show', run, word])).toMatchObject({ pinned: true });
  expect(await claimsOf(run)).toEqual([]);
});

test('a writer that is killed there holds up nobody', async () => {
  test.skip(process.platform !== 'linux', 'strace is a Linux program');
  const run = await copySampleRun();
  await readJson(['pin', run, 'v11']);
  const prune = ['prune', run, '--keep-best', '3', '--kinds', 'all', '--yes'];
  const ended = once(startCli(prune, { under: lockless(run) }), 'close');
  await expect.poll(() => claimsOf(run), { intervals: [5] }).toHaveLength(1);
  const [claim = ''] = await claimsOf(run);
  process.kill(Number(claim.split('.')[6]), 'SIGKILL');
  await ended;
  expect(await claimsOf(run)).toEqual([claim]);
  const finished = await runCli(['pin', run, 'v1', '--wait', '10'], { under: lockless(run) });
  expect(finished.code).toBe(0);
  expect(await claimsOf(run)).toEqual([]);
  expect(await readdir(join(run, '.cairn/intents')).catch(() => [])).toEqual([]);
});
