import { readFile, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { expect, test } from '@playwright/test';
import { asListing, asVersion } from '../driver/json-shapes.ts';
import { readJson, runCli } from '../driver/run-cli.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';

const withoutSidecar = 'best_models/model_v0003_reward0.3367_20260302_100600.pt';
const brokenSidecar = 'best_models/model_v0005_reward0.3498_20260302_103000.pt';
const checkpoint = 'checkpoints/checkpoint.pt';
const newest = 'best_models/model_v0017_reward0.4308_20260302_125400.pt';

let run: string;
test.beforeEach(async () => {
  run = await copySampleRun();
});

const find = async (args: string[], id: string) =>
  asListing(await readJson(args)).versions.find((version) => version.id === id);

test('ls tells what files without a usable sidecar say of themselves, with --check and without', async () => {
  const expected = {
    [withoutSidecar]: { version: 3, reward: 0.33669167402877065, step: 64_512, symbol: 'ACME' },
    [brokenSidecar]: { version: 5, step: 129_024, timestamp: '2026-03-02T10:30:00' },
    [checkpoint]: { version: null, step: 516_096, episode: 2048, timestamp: '2026-03-02T12:52:00' },
  };
  for (const [id, known] of Object.entries(expected)) {
    const checked = await find(['ls', run, '--check'], id);
    expect(checked).toMatchObject({
      ...known,
      metadata_source: 'contents',
      integrity: { state: 'unsealed' },
    });
    expect(checked?.metrics).toHaveProperty('sharpe');
    expect(checked).toMatchObject({ training_state: { global_step: known.step } });
    expect(await find(['ls', run], id)).toEqual(checked);
  }
});

test('show asks the one file, and says where what it tells is from', async () => {
  const version = asVersion(await readJson(['show', run, 'v3']));
  expect(version).toMatchObject({ metadata_source: 'contents', step: 64_512 });
  const { stdout } = await runCli(['show', run, checkpoint]);
  expect(stdout).toMatch(/described by {2}the file's contents/);
  expect(stdout).toMatch(/sharpe +1\.6289/);
});

test('latest is the newest by the time inside the file, whatever its name and mtime', async () => {
  const [model, sidecar] = [join(run, newest), join(run, newest.replace('.pt', '.json'))];
  expect((await runCli(['latest', run])).stdout).toBe(`${model}\n`);
  const moved = join(run, 'best_models/copy.pt');
  await writeFile(moved, await readFile(model));
  await rm(model);
  await rm(sidecar);
  await utimes(moved, 1000, 1000);
  expect((await runCli(['latest', run])).stdout).toBe(`${moved}\n`);
  const { stdout } = await runCli(['latest', run, '--json']);
  expect(asVersion(JSON.parse(stdout))).toMatchObject({ version: 17, metadata_source: 'contents' });
});

test('latest --kind checkpoint is what a training goes on from, though a best model is newer', async () => {
  expect((await runCli(['latest', run])).stdout).toBe(`${join(run, newest)}\n`);
  const asked = ['latest', run, '--kind', 'checkpoint'];
  expect((await runCli(asked)).stdout).toBe(`${join(run, checkpoint)}\n`);
  expect(asVersion(await readJson(asked))).toMatchObject({ id: checkpoint, step: 516_096 });
  expect((await runCli([...asked.slice(0, -1), 'best'])).stdout).toBe(`${join(run, newest)}\n`);
  await rm(join(run, 'checkpoints'), { recursive: true });
  expect(await runCli(asked)).toEqual({
    code: 1,
    stdout: '',
    stderr: 'cairn: no latest checkpoint — the run has no checkpoints — see cairn ls for what there is\n',
  });
});

test('ls --check and show badge what best and latest name, whatever is torn or without a sidecar; ls what is on record', async () => {
  const best = 'best_models/model_v0011_reward0.4346_20260302_114200.pt';
  await rm(join(run, newest.replace('.pt', '.json')));
  await tearUnseen(best);
  const path = async (word: string) => relative(run, (await runCli([word, run])).stdout.trim());
  const named = { best: await path('best'), latest: await path('latest') };
  expect(named.best).not.toBe(best);
  expect(named.latest).toBe(newest);
  for (const [args, badges, state] of [
    [['ls', run, '--check'], named, 'torn'],
    // No record speaks against it, and no model that has one is opened.
    [['ls', run], { best, latest: newest }, 'unverified'],
  ] as const) {
    const { versions } = asListing(await readJson([...args]));
    expect({
      best: versions.find(({ is_best }) => is_best)?.id,
      latest: versions.find(({ is_latest }) => is_latest)?.id,
    }).toEqual(badges);
    expect(versions.find(({ id }) => id === best)?.integrity.state).toBe(state);
  }
  expect(asVersion(await readJson(['show', run, named.best]))).toMatchObject({ is_best: true });
  expect(asVersion(await readJson(['show', run, 'latest']))).toMatchObject({ id: newest, is_latest: true });
  expect(asVersion(await readJson(['show', run, best]))).toMatchObject({ is_best: false });
});

test('more than 500 files without a sidecar are not opened for a list, which is said', async () => {
  const bytes = await readFile(join(run, checkpoint));
  for (let index = 0; index < 500; index += 1)
    await writeFile(join(run, `checkpoints/bare_${index}.pt`), bytes);
  const { code, stderr } = await runCli(['ls', run, '--limit', '1']);
  expect([code, stderr]).toEqual([
    0,
    expect.stringMatching(/^50\d files without a sidecar were not opened: .*--check/),
  ]);
});

/** Cuts a model off, and lets its sidecar say that it was so from the first. */
async function tearUnseen(id: string): Promise<void> {
  await truncate(join(run, id), 20_000);
  await utimes(join(run, id), 1000, 1000);
  const sidecar = join(run, id.replace('.pt', '.json'));
  const text = await readFile(sidecar, 'utf8');
  await writeFile(sidecar, text.replace(/"file_size(_bytes)?": \d+/g, '"file_size$1": 20000'));
}

test('best ranks, and prune keeps, by metrics that stand in files alone', async () => {
  const best = 'best_models/model_v0011_reward0.4346_20260302_114200.pt';
  await rm(join(run, best.replace('.pt', '.json')));
  expect((await runCli(['best', run])).stdout).toBe(`${join(run, best)}\n`);
  expect((await runCli(['show', run, 'best:profit_factor', '--json'])).code).toBe(0);
  const { stdout } = await runCli(['prune', run, '--keep-best', '1', '--json']);
  expect(JSON.parse(stdout).versions).toContainEqual({
    id: best,
    keep: true,
    reasons: expect.arrayContaining(['best #1 by sharpe']),
  });
});

test('a version that is dated in the far future is the latest, and that is said', async () => {
  const future = join(run, 'best_models/model_v0099_reward0.1000_20990102_030405.pt');
  await writeFile(future, await readFile(join(run, newest)));
  await writeFile(future.replace('.pt', '.json'), '{"version": 99, "timestamp": "2099-01-02T03:04:05"}');
  const said = /model_v0099_reward0\.1000_20990102_030405\.pt: its time, 2099-01-02, has not come yet/;
  const latest = await runCli(['latest', run]);
  expect(latest).toMatchObject({ stdout: `${future}\n`, stderr: expect.stringMatching(said) });
  expect((await runCli(['ls', run])).stdout).toMatch(said);
});

test('a version with a higher number than the latest, saved after a clock was put back, is named', async () => {
  const back = join(run, 'best_models/model_v0098_reward0.1000_20200102_030405.pt');
  await writeFile(back, await readFile(join(run, newest)));
  await writeFile(back.replace('.pt', '.json'), '{"version": 98, "timestamp": "2020-01-02T03:04:05"}');
  const latest = await runCli(['latest', run, '--kind', 'best']);
  expect(latest.stdout).toBe(`${join(run, newest)}\n`);
  expect(latest.stderr).toMatch(
    /model_v0098_reward0\.1000_20200102_030405\.pt: it has a higher number than the latest version, best_models\/model_v0017.*, which tells a later time: a clock may have been put back/,
  );
});
