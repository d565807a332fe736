import {
  closeSync,
  copyFileSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { sampleRun } from '../catalog/measurements/evaluations.fixture.ts';
import { saveModel } from '../catalog/run.fixture.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import type { DescribedRun } from './describe-run.ts';
import { findRuns } from './find-runs.ts';

const opened = vi.hoisted(() => ({ sidecars: 0 }));
vi.mock('../catalog/read-sidecar.ts', async (original) => {
  const module = await original<typeof import('../catalog/read-sidecar.ts')>();
  const readSidecar = (path: string) => {
    opened.sidecars += 1;
    return module.readSidecar(path);
  };
  return { ...module, readSidecar };
});

let root: string;
let cache: string;

beforeEach(() => {
  root = temporaryFolder();
  cache = temporaryFolder();
  vi.stubEnv('XDG_CACHE_HOME', cache);
  laterBy(10_000);
  return () => {
    vi.useRealTimers();
    vi.unstubAllEnvs();
  };
});

/** What was written until now counts as written so long ago, in milliseconds. */
function laterBy(time: number): void {
  vi.useRealTimers();
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + time });
}

async function search(): Promise<{ runs: DescribedRun[]; sidecars: number }> {
  const runs: DescribedRun[] = [];
  const before = opened.sidecars;
  await findRuns(root, { onRun: (run) => runs.push(run) });
  runs.sort((a, b) => (a.path < b.path ? -1 : 1));
  return { runs, sidecars: opened.sidecars - before };
}

test('the second search of an unchanged folder of runs opens no sidecar, and tells the same', async () => {
  for (const name of ['a', 'b', 'deep/c'])
    for (const version of [1, 2, 3]) saveModel(join(root, name), version);
  put(root, 'b/.hydra/overrides.yaml', '- lr=0.1\n');
  put(root, 'b/checkpoints/inner/readme.md', '');
  const first = await search();
  expect(first).toMatchObject({ sidecars: 9, runs: [{ path: 'a' }, { overrides: ['lr=0.1'] }, {}] });
  expect(await search()).toEqual({ runs: first.runs, sidecars: 0 });
  saveModel(join(root, 'deep/c'), 4);
  saveModel(join(root, 'new'), 1);
  rmSync(join(root, 'a'), { recursive: true });
  const third = await search();
  expect(third.sidecars).toBe(5);
  expect(third.runs.map(({ path, versions }) => [path, versions])).toEqual([
    ['b', 3],
    ['deep/c', 4],
    ['new', 1],
  ]);
  expect(await search()).toEqual({ runs: third.runs, sidecars: 0 });
});

test('a folder that becomes a version by what comes to a folder in it, as one of Orbax does, is found', async () => {
  saveModel(join(root, 'run'), 1);
  mkdirSync(join(root, 'run/7/default'), { recursive: true });
  laterBy(10_000);
  expect((await search()).runs).toMatchObject([{ versions: 1 }]);
  expect((await search()).sidecars).toBe(0);
  put(root, 'run/7/default/_METADATA', 'abc');
  laterBy(10_000);
  expect((await search()).runs).toMatchObject([{ versions: 2 }]);
});

test('a sidecar that is rewritten in place, its size and mtime as they were, is read again', async () => {
  const id = saveModel(join(root, 'run'), 1);
  const sidecar = join(root, 'run', id.replace(/pt$/, 'json'));
  utimesSync(sidecar, 1000, 1000);
  expect((await search()).runs).toMatchObject([{ bestValue: 0.1 }]);
  const { ctimeMs } = statSync(sidecar);
  do {
    writeFileSync(sidecar, readFileSync(sidecar, 'utf8').replace('"reward":0.1', '"reward":0.7'));
    utimesSync(sidecar, 1000, 1000);
  } while (statSync(sidecar).ctimeMs === ctimeMs);
  expect((await search()).runs).toMatchObject([{ bestValue: 0.7 }]);
});

test('what was touched a moment before it was read is read again', async () => {
  saveModel(join(root, 'run'), 1);
  laterBy(1000);
  expect((await search()).sidecars).toBe(1);
  expect((await search()).sidecars).toBe(1);
});

test('a run with a problem is read again: what was in the way may pass', async () => {
  saveModel(join(root, 'run'), 1);
  put(root, 'run/best_models/model_v0002_reward0.5000.pt', 'torn');
  expect((await search()).runs).toMatchObject([{ problems: 1 }]);
  expect((await search()).sidecars).toBe(1);
});

test('a run in which a process has a file open to write is read again', async () => {
  const id = saveModel(join(root, 'run'), 1);
  saveModel(join(root, 'other'), 1);
  await search();
  const descriptor = openSync(join(root, 'run', id), 'r+');
  try {
    const { runs, sidecars } = await search();
    expect(sidecars).toBe(1);
    expect(runs).toMatchObject([{ isWriting: false }, { path: 'run', isWriting: true }]);
  } finally {
    closeSync(descriptor);
  }
  expect((await search()).runs).toMatchObject([{ isWriting: false }, { isWriting: false }]);
});

test('a log in a folder of its own is read again once it says something else', async () => {
  const models = [10_000, 20_000].map((step) => `rl_model_${step}_steps.zip`);
  for (const model of models) {
    mkdirSync(join(root, 'run'), { recursive: true });
    copyFileSync(join(sampleRun, model), join(root, 'run', model));
  }
  const log = (...rewards: number[]) =>
    put(
      root,
      'run/logs/progress.csv',
      `rollout/ep_rew_mean,time/total_timesteps\n${rewards.map((reward, index) => `${reward},${(index + 1) * 10_000}\n`).join('')}`,
    );
  const { ctimeMs } = statSync(log(9, 2));
  expect((await search()).runs).toMatchObject([{ best: models[0] }]);
  while (statSync(log(2, 9)).ctimeMs === ctimeMs);
  expect((await search()).runs).toMatchObject([{ best: models[1] }]);
});

test('an index that was deleted, or damaged, is made again', async () => {
  saveModel(join(root, 'run'), 1);
  const { runs } = await search();
  const [folder = ''] = readdirSync(join(cache, 'cairn/workspaces'));
  const file = join(cache, 'cairn/workspaces', folder, 'found');
  for (const spoil of [
    () => rmSync(file),
    () => writeFileSync(file, readFileSync(file).subarray(0, -3)),
    () => writeFileSync(file, Buffer.from(readFileSync(file).map((byte, at) => (at > 200 ? 0x20 : byte)))),
    () => writeFileSync(file, 'none'),
  ]) {
    spoil();
    expect(await search()).toEqual({ runs, sidecars: 1 });
    expect(await search()).toEqual({ runs, sidecars: 0 });
  }
});

test('a file of settings that came since is seen in every run', async () => {
  const data = temporaryFolder();
  vi.stubEnv('XDG_DATA_HOME', data);
  saveModel(join(root, 'run'), 1);
  expect((await search()).runs).toMatchObject([{ problems: 0 }]);
  put(data, 'cairn/settings.yaml', 'trash: 7');
  expect((await search()).runs).toMatchObject([{ problems: 1 }]);
});

test('a version that is a folder is looked into again once a file in it was touched', async () => {
  put(root, 'run/checkpoint-5/model.safetensors', 'bytes');
  put(root, 'run/checkpoint-5/trainer_state.json', '{}');
  const state = put(root, 'run/checkpoint-5/inner/state.bin', 'x');
  laterBy(10_000);
  const bytes = async () => (await search()).runs.map((run) => run.bytes);
  expect([await bytes(), await bytes()]).toEqual([[8], [8]]);
  writeFileSync(state, 'longer');
  laterBy(10_000);
  expect(await bytes()).toEqual([13]);
});
