import { copyFile, link, readdir, readFile, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { asListing } from '../driver/json-shapes.ts';
import { readJson, runCli } from '../driver/run-cli.ts';
import { tempFolder } from '../driver/temp-folder.ts';
import { copyStableBaselinesRun, type NumpyVerdicts, numpyVerdicts } from '../fixtures/copy-runs.ts';

const idAt = (step: number) => `rl_model_${step}_steps.zip`;

let run: string;
let truth: NumpyVerdicts;
const fixtures = join(import.meta.dirname, '../fixtures');

test.beforeEach(async () => {
  run = await copyStableBaselinesRun();
  truth = await numpyVerdicts();
});

test('ls shows a folder of stable-baselines3 with its evaluations, and its best by them', async () => {
  const { versions, problems } = asListing(await readJson(['ls', run]));
  expect(problems).toEqual([]);
  const models = [10_000, 15_000, 20_000, 30_000, 40_000].map(idAt);
  expect(versions.map(({ id }) => id).sort()).toEqual(['best_model.zip', ...models]);
  const found = new Map(versions.map((version) => [version.id, version]));
  for (const { step, mean, std, length } of truth.evaluations)
    expect(found.get(idAt(step))).toMatchObject({
      ...{ step, reward: mean, metadata_source: 'contents' },
      metrics: { eval_mean_reward: mean, eval_std_reward: std, eval_mean_ep_length: length },
    });
  expect(found.get(idAt(15_000))).toMatchObject({ step: 15_000, reward: null, metrics: {} });
  expect(found.get('best_model.zip')).toMatchObject({ step: truth.best });
  expect(versions.filter(({ is_best }) => is_best)).toMatchObject([{ step: truth.best }]);
});

test('its metrics can be asked for, sorted by and shown', async () => {
  const query = asListing(await readJson(['ls', run, '--where', 'eval_mean_reward > 200']));
  expect(query.versions.map(({ id }) => id).sort()).toEqual(['best_model.zip', idAt(20_000), idAt(30_000)]);
  const sorted = asListing(await readJson(['ls', run, '--sort', 'eval_mean_reward:asc']));
  expect(sorted.versions[0]?.id).toBe(idAt(10_000));
  const { stdout } = await runCli(['show', run, idAt(40_000)]);
  expect(stdout).toMatch(/eval_mean_reward +173\.2294/);
});

test('evaluations that are cut off are a problem in one line, and nothing else is lost', async () => {
  await truncate(join(run, 'evaluations.npz'), 700);
  const { versions, problems } = asListing(await readJson(['ls', run]));
  expect(problems).toEqual([
    {
      path: 'evaluations.npz',
      problem: expect.stringMatching(/^no version has the metrics that it holds: /),
    },
  ]);
  expect(versions).toHaveLength(6);
  expect(versions.find(({ id }) => id === idAt(10_000))).toMatchObject({ step: 10_000, metrics: {} });
});

test('seal puts what goes with models on record, and verify finds what rots of it', async () => {
  const companion = 'rl_model_replay_buffer_20000_steps.pkl';
  const { files } = (await readJson(['seal', run])) as { files: { id: string }[] };
  expect(files.map(({ id }) => id)).toContain(companion);
  expect((await runCli(['verify', run])).code).toBe(0);
  const bytes = await readFile(join(run, companion));
  bytes.writeUInt8(bytes.readUInt8(bytes.length >> 1) ^ 1, bytes.length >> 1);
  await writeFile(join(run, companion), bytes);
  const { code, stdout } = await runCli(['verify', run]);
  expect([code, stdout]).toEqual([1, expect.stringContaining(`${companion}: the bytes differ`)]);
});

test('seal leaves out a model of which a companion is torn, and says so', async () => {
  const companion = 'rl_model_replay_buffer_20000_steps.pkl';
  await truncate(join(run, companion), 40);
  const { code, stdout, stderr } = await runCli(['seal', run]);
  expect(code).toBe(0);
  expect(stderr).toMatch(new RegExp(`^left out rl_model_20000_steps\\.zip: ${companion}: .+\n$`));
  expect(stdout).not.toContain('20000_steps');
  expect(stdout).toMatch(/\d+ sealed\.\n$/);
});

test('show names the companions of a model, and ls says of which version one is missing', async () => {
  await rm(join(run, 'rl_model_vecnormalize_20000_steps.pkl'));
  const companions = ['rl_model_replay_buffer_20000_steps.pkl'];
  const problems = ['its VecNormalize statistics, which other versions here have, are missing'];
  expect(await readJson(['show', run, idAt(20_000)])).toMatchObject({ companions, problems });
  const { stdout } = await runCli(['show', run, idAt(20_000)]);
  expect(stdout).toContain(companions[0]);
  expect(stdout).toContain(`problem: ${problems[0]}`);
  expect((await runCli(['ls', run])).stdout).toContain(`${idAt(20_000)}: ${problems[0]}`);
  const { versions } = asListing(await readJson(['ls', run]));
  expect(versions.filter((version) => version.problems.length > 0).map(({ id }) => id)).toEqual([
    idAt(20_000),
  ]);
});

test('a best model that was saved without statistics names those of its step, and prune keeps them', async () => {
  await rm(join(run, 'best_model.vecnormalize.pkl'));
  const fitting = `rl_model_vecnormalize_${truth.best}_steps.pkl`;
  const problem = `its VecNormalize statistics, which other versions here have, are missing: ${fitting} has those of its step`;
  expect((await runCli(['ls', run])).stdout).toContain(`best_model.zip: ${problem}`);
  const { stdout } = await runCli(['prune', run, '--keep-latest', '1']);
  expect(stdout).toMatch(
    new RegExp(`^keep +${idAt(truth.best)} .*VecNormalize statistics fit best_model.zip`, 'm'),
  );
});

for (const [what, replaced, by, problem] of [
  [
    'of another step',
    'rl_model_vecnormalize_20000_steps.pkl',
    'sb3-run/rl_model_vecnormalize_40000_steps.pkl',
    'its VecNormalize statistics have seen 40,004 observations, and it was trained for 20,000 steps: they may go with rl_model_40000_steps',
  ],
  [
    'of another observation shape',
    'rl_model_replay_buffer_20000_steps.pkl',
    'sb3-others/replay_buffer_of_3.pkl',
    'its replay buffer is of observations of shape [3], and it takes [4]',
  ],
] as const)
  test(`ls and show say of which version a companion is ${what}`, async () => {
    await copyFile(join(fixtures, by), join(run, replaced));
    expect(await readJson(['show', run, idAt(20_000)])).toMatchObject({ problems: [problem] });
    expect((await runCli(['show', run, idAt(20_000)])).stdout).toContain(`problem: ${problem}`);
    expect((await runCli(['ls', run])).stdout).toContain(`${idAt(20_000)}: ${problem}`);
    const { versions } = asListing(await readJson(['ls', run]));
    expect(versions.flatMap(({ id, problems }) => problems.map((each) => [id, each]))).toEqual([
      [idAt(20_000), problem],
    ]);
  });

test('ls and show say of which version a companion is older than its model', async () => {
  await utimes(join(run, 'rl_model_vecnormalize_20000_steps.pkl'), 1000, 1000);
  const problem = 'its VecNormalize statistics are older than it, and may be of another training';
  expect(await readJson(['show', run, idAt(20_000)])).toMatchObject({ problems: [problem] });
  expect((await runCli(['ls', run])).stdout).toContain(`${idAt(20_000)}: ${problem}`);
});

test('more than 500 models with companions are not opened for a list, which is said', async () => {
  const many = await tempFolder('many');
  for (let step = 1; step <= 501; step += 1) {
    const name = `rl_model_${step}_steps`;
    await link(join(run, idAt(20_000)), join(many, `${name}.zip`));
    await link(
      join(run, 'rl_model_vecnormalize_20000_steps.pkl'),
      join(many, `rl_model_vecnormalize_${step}_steps.pkl`),
    );
    await writeFile(
      join(many, `${name}.json`),
      JSON.stringify({ timestamp: '2026-01-01T00:00:00', metrics: {} }),
    );
  }
  const { code, stderr } = await runCli(['ls', many, '--limit', '1']);
  expect([code, stderr]).toEqual([
    0,
    expect.stringMatching(/^501 models with companions were not opened: .*--check/),
  ]);
});

test('prune takes companions along with their models, and undo brings both back', async () => {
  const before = (await readdir(run)).sort();
  await readJson(['prune', run, '--keep-latest', '1', '--yes']);
  const left = (await readdir(run)).filter((name) => /_steps\./.test(name));
  const models = left.filter((name) => name.endsWith('.zip'));
  expect(models.length).toBeLessThan(4);
  expect(left).toHaveLength(3 * models.length);
  await readJson(['undo', run]);
  expect((await readdir(run)).filter((name) => name !== '.cairn').sort()).toEqual(before);
});
