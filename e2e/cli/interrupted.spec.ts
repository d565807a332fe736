import { once } from 'node:events';
import { chmod, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { asListing } from '../driver/json-shapes.ts';
import { killedAt } from '../driver/killed-at.ts';
import { readJson, runCli, startCli } from '../driver/run-cli.ts';
import { runLine } from '../driver/run-line.ts';
import { tempFolder } from '../driver/temp-folder.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';

const everything = async (run: string) => (await readdir(run, { recursive: true })).sort();
const idsIn = async (run: string) => asListing(await readJson(['ls', run])).versions.map(({ id }) => id);
const operationsIn = async (run: string) =>
  ((await readJson(['trash', run])) as { operations: { id: string }[] }).operations.map(({ id }) => id);

test('a prune that was killed half way is shown as done by what only reads, and is done by what writes next', async () => {
  test.skip(process.platform !== 'linux', 'strace is a Linux program');
  const run = await copySampleRun();
  // Two of its files have lost their old names then, the others have both.
  await killedAt('unlink', 3, ['prune', run, '--keep-best', '3', '--kinds', 'all', '--yes']);
  const left = await everything(run);
  expect(await readdir(join(run, '.cairn/intents'))).toHaveLength(1);
  expect(left.filter((name) => /^best_models\/.*\.pt$/.test(name)).length).toBeGreaterThan(10);

  const [seen, trashed] = [await idsIn(run), await operationsIn(run)];
  expect(seen).toHaveLength(6);
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

test('a save that was killed half way is exported as the next command that writes leaves it', async () => {
  test.skip(process.platform !== 'linux', 'strace is a Linux program');
  const run = await copySampleRun();
  const weights = join(run, 'best_models/model_v0010_reward0.4186_20260302_113000.pt');
  await killedAt('rename', 3, ['save', run, '--kind', 'checkpoint', '--reward', '1', '--weights', weights]);
  expect(await readdir(join(run, '.cairn/intents'))).toHaveLength(1);
  const [early, late] = [await tempFolder('out'), await tempFolder('out')];
  await readJson(['export', run, 'checkpoint.pt', '--to', early]);
  expect(await readdir(join(run, '.cairn/intents'))).toHaveLength(1);
  await readJson(['pin', run, 'v11']);
  await readJson(['export', run, 'checkpoint.pt', '--to', late]);
  const bytesIn = async (folder: string) =>
    Promise.all(
      (await readdir(folder)).sort().map(async (name) => [name, await readFile(join(folder, name))]),
    );
  expect(await bytesIn(early)).toEqual(await bytesIn(late));
  expect(await readFile(join(early, 'checkpoint.pt'))).toEqual(await readFile(weights));
});

test('the damaged record of an interrupted operation is set aside by a command, then emptied by its name', async () => {
  test.skip(process.platform !== 'linux', 'strace is a Linux program');
  const run = await copySampleRun();
  await killedAt('unlink', 3, ['prune', run, '--keep-best', '3', '--kinds', 'all', '--yes']);
  const [name = ''] = await readdir(join(run, '.cairn/intents'));
  const [id, path] = [name.replace('.json', ''), join(run, '.cairn/intents', name)];
  await writeFile(path, (await readFile(path, 'utf8')).replace('prune', 'prone'));
  const refused = await runCli(['pin', run, 'v11']);
  expect([refused.code, refused.stderr]).toEqual([
    3,
    expect.stringContaining(`set it aside: cairn trash --set-aside=${id} ${run}`),
  ]);
  expect((await runCli(['trash', run, '--set-aside', 'other'])).code).toBe(1);
  expect((await runCli(['trash', run, 'v11', '--set-aside', id])).code).toBe(2);

  expect((await runLine(/set it aside: (.*)$/m.exec(refused.stderr)?.[1] ?? '')).code).toBe(0);
  await readJson(['pin', run, 'v11']);
  const plan = (await readJson(['trash', run, id, '--empty'])) as {
    damaged: { id: string; files: string[] }[];
  };
  expect(plan.damaged.map((each) => each.id)).toEqual([id]);
  expect(plan.damaged[0]?.files.filter((file) => file.endsWith('.pt')).length).toBeGreaterThan(1);
  await readJson(['trash', run, id, '--empty', '--yes']);
  expect(await readdir(join(run, '.cairn/trash'))).toEqual([]);
});

test('what others are cut off in is settled by watch, and by save --watch, while they run', async () => {
  test.skip(process.platform !== 'linux', 'strace is a Linux program');
  for (const words of [['watch'], ['save', '--watch', await tempFolder('logs')]]) {
    const run = await copySampleRun();
    const child = startCli([...words, run]);
    try {
      await killedAt('unlink', 3, ['prune', run, '--keep-best', '3', '--kinds', 'all', '--yes']);
      await expect.poll(() => readdir(join(run, '.cairn/intents')), { timeout: 15_000 }).toEqual([]);
      expect(await operationsIn(run)).toHaveLength(1);
      const ended = once(child, 'exit');
      child.kill('SIGINT');
      expect([words, (await ended)[0]]).toEqual([words, 0]);
    } finally {
      child.kill('SIGKILL');
    }
  }
});

test('watch and ls say what is half done in a run that must not be written to', async () => {
  test.skip(process.platform !== 'linux', 'strace is a Linux program');
  const run = await copySampleRun();
  await killedAt('unlink', 3, ['prune', run, '--keep-best', '3', '--kinds', 'all', '--yes']);
  const [name = ''] = await readdir(join(run, '.cairn/intents'));
  await chmod(run, 0o555);
  const child = startCli(['watch', run]);
  try {
    let told = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      told += text;
    });
    const half = `${name} a prune is half done here`;
    await expect.poll(() => told, { timeout: 15_000 }).toContain(half);
    expect(JSON.stringify(await readJson(['ls', run]))).toContain('a prune is half done here');
    expect(await readdir(join(run, '.cairn/intents'))).toEqual([name]);
  } finally {
    child.kill('SIGKILL');
    await chmod(run, 0o755);
  }
});
