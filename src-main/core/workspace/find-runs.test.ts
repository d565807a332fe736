import { copyFileSync, mkdirSync, renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { sampleRun } from '../catalog/measurements/evaluations.fixture.ts';
import { saveModel } from '../catalog/run.fixture.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { RunReader } from '../run-reader.ts';
import { findRuns } from './find-runs.ts';

const counted = vi.hoisted(() => ({ waiting: 0, most: 0, asked: 0 }));
vi.mock('../integrity/find-writing.ts', async (original) => {
  const module = await original<typeof import('../integrity/find-writing.ts')>();
  const findWriting: typeof module.findWriting = async (...args) => {
    counted.waiting += 1;
    counted.most = Math.max(counted.most, counted.waiting);
    return module.findWriting(...args).finally(() => {
      counted.waiting -= 1;
    });
  };
  return { ...module, findWriting };
});
vi.mock('../files/names-there.ts', async (original) => {
  const module = await original<typeof import('../files/names-there.ts')>();
  const namesThere = (folder: string) => {
    if (folder === '/proc') counted.asked += 1;
    return module.namesThere(folder);
  };
  return { ...module, namesThere };
});

async function pathsIn(root: string): Promise<string[]> {
  return (await findRuns(root)).runs.map(({ path }) => path);
}

test('every run below a folder is found once, in the natural order of paths, with what a list of it tells', async () => {
  const root = temporaryFolder();
  for (const name of ['run_10', 'run_9', 'deep/er/run_1']) saveModel(join(root, name), 1, { reward: 0.5 });
  const best = saveModel(join(root, 'run_9'), 2, { reward: 0.9 });
  const latest = saveModel(join(root, 'run_9'), 3, { reward: 0.1 });
  put(root, 'run_9/best_models/model_v0004_reward0.2000.json', '{"version": 4, "reward": 0.2}');
  put(root, 'notes/readme.md', '');
  const found = await findRuns(root);
  expect(found).toMatchObject({ root, problems: [] });
  expect(found.runs.map(({ path }) => path)).toEqual(['deep/er/run_1', 'run_9', 'run_10']);
  const run = new RunReader(join(root, 'run_9'));
  await run.look();
  expect(found.runs[1]).toEqual({
    path: 'run_9',
    layout: 'cairn',
    recognised: null,
    versions: 4,
    bytes: run.totals().bytes,
    best,
    latest,
    problems: run.problems.length + 1,
    ...{ metric: { name: 'mean_reward', mode: 'max' }, best_value: 0.9 },
    ...{ latest_at: expect.any(String), state: ['problem'], overrides: [] },
  });
});

test('what makes a run when it is opened makes one here: a version, a sidecar of one, a folder for them, or a config', async () => {
  const root = temporaryFolder();
  put(root, 'config/.hydra/config.yaml', 'model_storage:\n  checkpoint_dir: saves\n  model_prefix: m\n');
  mkdirSync(join(root, 'folder/checkpoints'), { recursive: true });
  put(root, 'loose/weights.ckpt', 'bytes');
  put(root, 'lone/model_v0001_reward0.5000.json', '{"version": 1, "reward": 0.5}');
  put(root, 'hydra-alone/.hydra/config.yaml', 'seed: 7\n');
  put(root, 'json-alone/metrics.json', '{"loss": 1}');
  put(root, 'other/train.log', '');
  const { runs } = await findRuns(root);
  expect(runs.map(({ path, layout, versions }) => [path, layout, versions])).toEqual([
    ['config', 'cairn', 0],
    ['folder', 'cairn', 0],
    ['lone', 'files', 1],
    ['loose', 'files', 1],
  ]);
  for (const name of ['config', 'folder', 'lone', 'loose', 'hydra-alone', 'json-alone', 'other']) {
    const run = new RunReader(join(root, name));
    await run.look();
    expect([name, run.isRun()]).toEqual([name, runs.some(({ path }) => path === name)]);
  }
});

test('loose checkpoints beside runs make a run of their folder, and hide none of them', async () => {
  const root = temporaryFolder();
  put(root, 'final.pt', 'bytes');
  saveModel(join(root, '2026-03-01/10-00-00'), 1);
  put(root, '2026-03-01/copy.pt', 'bytes');
  saveModel(join(root, '2026-03-01/11-00-00'), 1, { folder: 'checkpoints' });
  expect(await pathsIn(root)).toEqual(['.', '2026-03-01', '2026-03-01/10-00-00', '2026-03-01/11-00-00']);
});

test('the folders in which a run keeps versions are its parts and no runs, wherever its config puts them', async () => {
  const root = temporaryFolder();
  saveModel(join(root, 'usual'), 1);
  saveModel(join(root, 'usual'), 2, { folder: 'checkpoints' });
  put(root, 'usual/temp/half.pt', 'bytes');
  put(root, 'usual/checkpoints/epoch_1/model.pt', 'bytes');
  put(
    root,
    'own/.hydra/config.yaml',
    'model_storage:\n  best_models_dir: saves/best\n  checkpoint_dir: saves/last\n',
  );
  saveModel(join(root, 'own'), 1, { folder: 'saves/best' });
  saveModel(join(root, 'own'), 2, { folder: 'saves/last' });
  saveModel(join(root, 'own'), 3, { folder: 'saves/other' });
  expect(await pathsIn(root)).toEqual(['own', 'own/saves/other', 'usual']);
});

test('a run whose versions are folders is one run, and none of them is', async () => {
  const root = temporaryFolder();
  for (const name of ['checkpoint-500', 'checkpoint-1000'])
    for (const file of ['model.safetensors', 'trainer_state.json', 'inner/extra.pt'])
      put(root, `gpt/${name}/${file}`, 'bytes');
  put(root, 'gpt/tmp-checkpoint-1500/model.safetensors', 'bytes');
  put(root, 'ppo/checkpoints/checkpoint_7/model.zip', 'bytes');
  put(root, 'ppo/logs/run_1/a.pt', 'bytes');
  expect(await pathsIn(root)).toEqual(['gpt', 'ppo', 'ppo/logs/run_1']);
  expect((await findRuns(root)).runs[0]).toMatchObject({ versions: 2, bytes: 6 * 5 });
});

test('a folder for versions that has none of the run, but runs, is searched like any other', async () => {
  const root = temporaryFolder();
  saveModel(join(root, 'checkpoints/ppo'), 1);
  put(root, 'checkpoints/sac/last.pt', 'bytes');
  expect(await pathsIn(root)).toEqual(['.', 'checkpoints/ppo', 'checkpoints/sac']);
});

test('the best and the latest are whole, as far as can be told without reading files to their end, and say what they hold', async () => {
  const root = temporaryFolder();
  const whole = saveModel(join(root, 'run'), 1, { reward: 0.5 });
  const torn = saveModel(join(root, 'run'), 2, { reward: 0.9, sidecar: null });
  put(root, `run/${torn}`, 'torn');
  put(root, 'loose/final.pt', 'torn');
  for (let index = 0; index < 21; index += 1)
    for (const run of ['many_1', 'many_2']) saveModel(join(root, run), index, { sidecar: null });
  const { runs, problems } = await findRuns(root);
  expect(runs).toMatchObject([
    { path: 'loose', versions: 1, best: null, latest: null, problems: 1 },
    { path: 'many_1', versions: 21 },
    { path: 'many_2', versions: 21 },
    { path: 'run', versions: 2, best: whole, latest: whole, problems: 1 },
  ]);
  expect(problems).toEqual([
    {
      path: expect.stringMatching(/^many_[12]$/),
      problem:
        'best and latest of this run, the first of 2, are told without opening its many files that have no sidecar: “cairn ls” of it opens more of them',
    },
  ]);
});

test('folders that are called like versions are searched, and are none', async () => {
  const root = temporaryFolder();
  saveModel(join(root, 'model_v0001_reward0.5000_20240101_000000.pt'), 1);
  mkdirSync(join(root, 'a.pt/b.safetensors/c.json'), { recursive: true });
  const { runs } = await findRuns(root);
  expect(runs.map(({ path, versions }) => [path, versions])).toEqual([
    ['model_v0001_reward0.5000_20240101_000000.pt', 1],
  ]);
});

test('a checkpoint that is a link out of the root is no version, and counts as a problem of its run', async () => {
  const [root, outside] = [temporaryFolder(), temporaryFolder()];
  const id = saveModel(outside, 1);
  saveModel(join(root, 'run'), 2);
  symlinkSync(join(outside, id), join(root, 'run/best_models/model_v0001_reward9.0000.pt'));
  const { runs, problems } = await findRuns(root);
  expect(runs).toMatchObject([{ path: 'run', versions: 1, problems: 1 }]);
  expect(problems).toEqual([]);
});

test('links to runs are not followed, and are said in one line', async () => {
  const [root, outside] = [temporaryFolder(), temporaryFolder()];
  saveModel(outside, 1);
  for (const name of ['a', 'b']) {
    mkdirSync(join(root, name));
    symlinkSync(outside, join(root, name, 'run'));
    symlinkSync(root, join(root, name, 'loop'));
  }
  const { runs, problems } = await findRuns(root);
  expect(runs).toEqual([]);
  expect(problems).toEqual([
    {
      path: expect.stringMatching(/^[ab]\/(run|loop)$/),
      problem: 'a symbolic link, the first of 4, is not followed: if it leads to runs, name what it leads to',
    },
  ]);
});

test('a run that another folder comes in the place of is not told, nor is that one', async () => {
  const [root, outside] = [temporaryFolder(), temporaryFolder()];
  for (const name of ['first', 'second']) saveModel(join(root, name), 1);
  saveModel(outside, 1);
  let isSwapped = false;
  const found = await findRuns(root, {
    onProgress: (folders) => {
      if (folders !== 1 || isSwapped) return;
      isSwapped = true;
      renameSync(join(root, 'second'), join(outside, 'second'));
      symlinkSync(outside, join(root, 'second'));
    },
  });
  expect(found.runs.map(({ path }) => path)).toEqual(['first']);
  expect(found.problems).toEqual([
    { path: 'second', problem: expect.stringContaining('something else came in the place of this folder') },
  ]);
});

test('runs that were just written are waited for together, and processes are asked for all of them', async () => {
  const root = temporaryFolder();
  for (let index = 0; index < 40; index += 1) saveModel(join(root, `run_${index}`), 1);
  Object.assign(counted, { most: 0, asked: 0 });
  expect((await findRuns(root)).runs).toHaveLength(40);
  expect(counted.most).toBeGreaterThan(8);
  expect(counted.asked).toBeLessThan(10);
});

test('a search that is called off ends with the reason', async () => {
  const root = temporaryFolder();
  for (let index = 0; index < 20; index += 1) saveModel(join(root, `run_${index}`), 1);
  const [stop, reason] = [new AbortController(), new Error('enough')];
  const searching = findRuns(root, {
    signal: stop.signal,
    onProgress: (_, runs) => runs === 3 && stop.abort(reason),
  });
  await expect(searching).rejects.toBe(reason);
});

test('a run alone is a workspace of one, and so is a folder of checkpoints', async () => {
  const root = temporaryFolder();
  const id = saveModel(root, 1);
  expect(await pathsIn(root)).toEqual(['.']);
  copyFileSync(join(root, id), join(root, 'loose.pt'));
  expect(await pathsIn(root)).toEqual(['.']);
  expect(await pathsIn(join(root, 'best_models'))).toEqual(['.']);
});

test('the best of a run is told by what its training logged; logs of many megabytes are left, and it is said once', async () => {
  const root = temporaryFolder();
  const log = 'rollout/ep_rew_mean,time/total_timesteps\n9,10000\n2,20000\n';
  const models = [10_000, 20_000].map((step) => `rl_model_${step}_steps.zip`);
  for (const name of ['a', 'b', 'c']) {
    put(root, `${name}/progress.csv`, name === 'a' ? log : log + ' '.repeat(5_000_000));
    for (const model of models) copyFileSync(join(sampleRun, model), join(root, name, model));
  }
  const { runs, problems } = await findRuns(root);
  expect(runs.map(({ path, best, problems: count }) => [path, best, count])).toEqual([
    ['a', models[0], 0],
    ['b', null, 0],
    ['c', null, 0],
  ]);
  expect(problems).toEqual([
    {
      path: 'b',
      problem: expect.stringMatching(
        /^the best of this run, the first of 2, is told without its logs of training/,
      ),
    },
  ]);
});

test('models one folder down are of the run beside whose log they are, and by themselves where there is none', async () => {
  const root = temporaryFolder();
  put(root, 'detect/train/results.csv', 'epoch,a');
  put(root, 'detect/train/weights/best.pt', 'x');
  put(root, 'other/weights/pretrained.pt', 'x');
  expect(await pathsIn(root)).toEqual(['detect/train', 'other/weights']);
});

test('what a run of MLflow logged is of that run, in whichever folder of its artifacts', async () => {
  const root = temporaryFolder();
  put(root, 'mlruns/0/meta.yaml', '');
  for (const [run, folder] of Object.entries({ aa: 'artifacts', bb: 'artifacts/checkpoints' })) {
    put(root, `mlruns/0/${run}/meta.yaml`, '');
    put(root, `mlruns/0/${run}/${folder}/model_step_1.pt`, 'x');
  }
  expect(await pathsIn(root)).toEqual(['mlruns/0/aa', 'mlruns/0/bb']);
});
