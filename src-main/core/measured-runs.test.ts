import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { knownDirection } from '../../shared/model/metric.ts';
import {
  copySample,
  evaluationsOf,
  numpySays,
  sampleRun,
} from './catalog/measurements/evaluations.fixture.ts';
import { put, temporaryFolder } from './files/temporary-folder.fixture.ts';
import { ModelManager } from './model-manager.ts';

const soon = { timeout: 15_000, interval: 50 };
const idAt = (step: number) => `rl_model_${step}_steps.zip`;

async function open(run: string): Promise<ModelManager> {
  const manager = new ModelManager(run, { appData: temporaryFolder() });
  onTestFinished(() => manager.close());
  await manager.look();
  return manager;
}

describe('a run of stable-baselines3 with evaluations.npz', () => {
  test('has its metrics in the versions that were evaluated, and in no other', async () => {
    const manager = await open(copySample());
    await manager.readOwnRecords();
    expect(numpySays.evaluations).toHaveLength(4);
    for (const { step, mean, std, length } of numpySays.evaluations) {
      const metrics = { eval_mean_reward: mean, eval_std_reward: std, eval_mean_ep_length: length };
      const known = { step, reward: mean, metrics, metadata_source: 'contents', problems: [] };
      expect(manager.version(idAt(step))).toMatchObject(known);
      expect(manager.row(idAt(step))).toMatchObject({ step, reward: mean, problems: [] });
      expect(manager.listed(idAt(step))?.value).toBe(mean);
    }
    expect(manager.version(idAt(15_000))).toMatchObject({ reward: null, metrics: {} });
    expect(manager.problems).toEqual([]);
  });

  test('has the best that stable-baselines3 has, by its means alone', async () => {
    const manager = await open(copySample());
    const best = await manager.best();
    const { mean } = numpySays.evaluations.find(({ step }) => step === numpySays.best) ?? {};
    expect(manager.version(best.id ?? '')).toMatchObject({
      step: numpySays.best,
      reward: mean,
      is_best: true,
    });
    expect(manager.version('best_model.zip')).toMatchObject({ step: numpySays.best, reward: mean });
  });

  test('is pruned by them: the best by its means stays', async () => {
    const manager = await open(copySample());
    const rules = { keepBest: 1, keepLatest: null, keepEvery: null, kinds: 'all' as const };
    const { decisions } = await manager.planPrune(rules);
    const best = decisions.find(({ reasons }) => reasons.includes('best #1 by mean_reward'));
    expect(manager.version(best?.id ?? '')).toMatchObject({ step: numpySays.best });
  });

  test('has them before a file was opened, at the steps that names tell', async () => {
    const manager = await open(copySample());
    const [first] = numpySays.evaluations;
    expect(manager.version(idAt(10_000))).toMatchObject({
      reward: first?.mean,
      metadata_source: 'file_name',
    });
    expect(manager.version('best_model.zip')).toMatchObject({ step: null, reward: expect.any(Number) });
  });

  test('knows which end of each of its metrics is better where that can be known', async () => {
    const manager = await open(copySample());
    const names = ['eval_mean_reward', 'eval_std_reward', 'eval_mean_ep_length'];
    expect(names.map((name) => knownDirection(name, manager))).toEqual(['max', null, null]);
  });

  test('leaves to a version what its sidecar or its name says', async () => {
    const run = copySample();
    put(run, idAt(10_000).replace('.zip', '.json'), JSON.stringify({ version: 1, reward: 3 }));
    cpSync(join(run, idAt(20_000)), join(run, 'model_v0002_reward0.5000_20240101_000000.zip'));
    const manager = await open(run);
    await manager.readOwnRecords();
    expect(manager.version(idAt(10_000))).toMatchObject({ reward: 3, metrics: {} });
    const named = manager.version('model_v0002_reward0.5000_20240101_000000.zip');
    expect(named).toMatchObject({ reward: 0.5, metrics: { eval_mean_reward: expect.any(Number) } });
  });

  test('says of a best model of another step that it is one, in the version', async () => {
    const run = copySample();
    cpSync(join(run, idAt(10_000)), join(run, 'best_model.zip'), { preserveTimestamps: true });
    const manager = await open(run);
    await manager.readOwnRecords();
    const told = [expect.stringMatching(/^it was saved at step 10,000, but evaluations.npz has its best/)];
    expect(manager.version('best_model.zip')?.problems).toEqual(told);
    expect(manager.row('best_model.zip')?.problems).toEqual(told);
    expect(manager.problems).toEqual([{ path: 'best_model.zip', problem: told[0] }]);
  });
});

test('a run that is followed has the metrics of evaluations.npz as it comes, changes and goes', async () => {
  const run = copySample();
  const path = join(run, 'evaluations.npz');
  rmSync(path);
  const manager = await open(run);
  const told = new Set<string>();
  manager.subscribe((event) => {
    if (event.type === 'versions') for (const id of event.changed) told.add(id);
  });
  manager.follow();
  await vi.waitFor(() => expect(manager.version(idAt(10_000))?.metadata_source).toBe('contents'), soon);
  const reward = () => manager.row(idAt(10_000))?.reward;
  const becomes = async (rewards: Record<number, number[]>, expected: number) => {
    told.clear();
    writeFileSync(path, evaluationsOf(rewards));
    await vi.waitFor(() => expect(reward()).toBe(expected), soon);
    expect(told.has(idAt(10_000))).toBe(true);
  };
  await becomes({ 10000: [1, 2] }, 1.5);
  await becomes({ 10000: [3, 3], 20000: [4, 4] }, 3);
  expect(manager.row(idAt(20_000))).toMatchObject({ reward: 4 });
  await becomes({ 10000: [7, 8] }, 7.5);
  expect(manager.row(idAt(20_000))).toMatchObject({ reward: null });
  writeFileSync(path, 'PK');
  await vi.waitFor(
    () => expect(manager.problems.map((each) => each.path)).toEqual(['evaluations.npz']),
    soon,
  );
  rmSync(path);
  await vi.waitFor(() => expect([reward(), manager.problems]).toEqual([null, []]), soon);
});

test('an evaluations.npz that cannot be read costs its metrics, and is a problem in one line', async () => {
  const run = copySample();
  const path = join(run, 'evaluations.npz');
  const whole = readFileSync(path);
  const others: [string, () => void][] = [
    ['half of one', () => writeFileSync(path, whole.subarray(0, whole.length / 2))],
    ['a folder', () => mkdirSync(path)],
    ['a link', () => symlinkSync(join(sampleRun, 'evaluations.npz'), path)],
    ['a pipe', () => execFileSync('mkfifo', [path])],
  ];
  for (const [what, make] of others) {
    rmSync(path, { recursive: true });
    make();
    const manager = await open(run);
    await manager.readOwnRecords();
    const problem = expect.stringMatching(/^no version has the metrics that it holds: [^\n]+$/);
    expect([what, manager.problems]).toEqual([what, [{ path: 'evaluations.npz', problem }]]);
    expect(manager.version(idAt(10_000))).toMatchObject({ reward: null, metrics: {}, step: 10_000 });
  }
});

test('what evaluations.npz says is not kept with the versions: rewritten with its times put back, it is read anew', async () => {
  const run = copySample();
  const path = join(run, 'evaluations.npz');
  utimesSync(path, 1000, 1000);
  const manager = await open(run);
  writeFileSync(path, evaluationsOf({ 10000: [1, 2] }));
  utimesSync(path, 1000, 1000);
  await manager.look();
  expect(manager.version(idAt(10_000))?.reward).toBe(1.5);
  expect((await open(run)).version(idAt(10_000))?.reward).toBe(1.5);
});
