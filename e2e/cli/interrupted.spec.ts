import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { asListing } from '../driver/json-shapes.ts';
import { readJson, runCli } from '../driver/run-cli.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';

const everything = async (run: string) => (await readdir(run, { recursive: true })).sort();
const idsIn = async (run: string) => asListing(await readJson(['ls', run])).versions.map(({ id }) => id);
const operationsIn = async (run: string) =>
  ((await readJson(['trash', run])) as { operations: { id: string }[] }).operations.map(({ id }) => id);

test('a prune that was killed half way is shown as done by what only reads, and is done by what writes next', async () => {
  test.skip(process.platform !== 'linux', 'strace is a Linux program');
  const run = await copySampleRun();
  // Two of its files have lost their old names then, the others have both.
  const kill = ['-e', 'trace=unlink', '-e', 'inject=unlink:signal=SIGKILL:when=3'];
  const under = ['env', 'UV_THREADPOOL_SIZE=1', 'strace', '-f', '-qq', '-o', '/dev/null', ...kill];
  await runCli(['prune', run, '--keep-best', '3', '--yes'], { under });
  const left = await everything(run);
  expect(await readdir(join(run, '.cairn/intents'))).toHaveLength(1);
  expect(left.filter((name) => /^best_models\/.*\.pt$/.test(name)).length).toBeGreaterThan(10);

  const [seen, trashed] = [await idsIn(run), await operationsIn(run)];
  expect(seen).toHaveLength(5);
  expect(trashed).toHaveLength(1);
  await runCli(['best', run]);
  await runCli(['show', run, 'latest']);
  expect((await everything(run)).filter((name) => !name.endsWith('verifications.jsonl'))).toEqual(
    left.filter((name) => !name.endsWith('verifications.jsonl')),
  );

  await readJson(['pin', run, 'v11']);
  expect(await readdir(join(run, '.cairn/intents'))).toEqual([]);
  expect([await idsIn(run), await operationsIn(run)]).toEqual([seen, trashed]);
  await readJson(['undo', run]);
  expect(await idsIn(run)).toHaveLength(26);
});
