import { appendFileSync, mkdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { copySample, numpySays } from './catalog/measurements/evaluations.fixture.ts';
import { csvOf, eventsOf, monitorOf, scalarRecord } from './catalog/measurements/write-logs.fixture.ts';
import { saveModel } from './catalog/run.fixture.ts';
import { judgeRun } from './choices/judge-run.ts';
import { put, temporaryFolder } from './files/temporary-folder.fixture.ts';
import { writeTorchZip } from './formats/fixtures/write-torch.ts';
import { ModelManager } from './model-manager.ts';

const soon = { timeout: 15_000, interval: 30 };
const events = 'tb/PPO_1/events.out.tfevents.1700000000.host';

async function open(run: string): Promise<ModelManager> {
  const manager = new ModelManager(run, { appData: temporaryFolder() });
  onTestFinished(() => manager.close());
  await manager.look();
  return manager;
}

/** Models of a training that saved each thousand steps, without a word about them. */
function newRun(...steps: readonly number[]): string {
  const run = temporaryFolder();
  for (const step of steps) put(run, `${idAt(step)}`, 'x');
  return run;
}

const idAt = (step: number) => `model_step_${step}.pt`;

test('where a log counts epochs as its steps, the epoch in a name tells what counts', async () => {
  const run = temporaryFolder();
  for (const epoch of [1, 2, 3]) put(run, `model_epoch_${epoch}.pt`, 'x');
  put(run, 'runs/a/events.out.tfevents.1.h', eventsOf('val/loss', { 1: 0.9, 2: 0.2, 3: 0.5 }));
  const batches = Object.fromEntries(Array.from({ length: 50 }, (_, step) => [step, step]));
  put(run, 'runs/b/events.out.tfevents.1.h', eventsOf('train/loss', batches));
  put(run, 'mlruns/0/abc/metrics/val_acc', '1 0.5 0\n2 0.6 1\n3 0.7 2\n');
  const manager = await open(run);
  const metricsOf = (epoch: number) => manager.version(`model_epoch_${epoch}.pt`)?.metrics;
  expect([1, 2, 3].map(metricsOf)).toEqual([
    { epoch: 1, 'val/loss': expect.closeTo(0.9), val_acc: 0.5 },
    { epoch: 2, 'val/loss': expect.closeTo(0.2), val_acc: 0.6 },
    { epoch: 3, 'val/loss': expect.closeTo(0.5), val_acc: 0.7 },
  ]);
  expect(manager.describe('model_epoch_2.pt').metric_sources).toContainEqual(
    expect.objectContaining({ metric: 'val/loss', axis: 'step', at: 2, behind: 0 }),
  );
  put(run, 'model_epoch_4.pt', 'x');
  await manager.look();
  expect([1, 4].map(metricsOf)).toEqual([{ epoch: 1, 'val/loss': expect.closeTo(0.9) }, { epoch: 4 }]);
});

test('Tianshou tells the step of a checkpoint by its epoch; the one model of CleanRL is of the end', async () => {
  const [sac, ppo] = [temporaryFolder(), temporaryFolder()];
  const file = 'events.out.tfevents.1700000000.host';
  for (const name of ['policy.pth', 'checkpoint_1.pth', 'checkpoint_2.pth']) put(sac, name, 'x');
  put(
    sac,
    file,
    Buffer.concat([eventsOf('test/reward', { 5000: 1, 10000: 7 }), savesAt({ 5000: 1, 10000: 2 })]),
  );
  put(ppo, 'ppo.cleanrl_model', 'x');
  put(ppo, file, eventsOf('charts/episodic_return', { 100: 20, 200: 30, 300: 40 }));
  const rewards = async (run: string, ...ids: string[]) => {
    const manager = await open(run);
    return ids.map((id) => manager.version(id)?.reward);
  };
  expect(await rewards(sac, 'checkpoint_1.pth', 'checkpoint_2.pth', 'policy.pth')).toEqual([1, 7, null]);
  expect(await rewards(ppo, 'ppo.cleanrl_model')).toEqual([40]);
});

/** Without the record that a file begins with. */
function savesAt(epochs: Readonly<Record<number, number>>): Buffer {
  return Buffer.concat(
    Object.entries(epochs).map(([step, epoch]) => scalarRecord('save/epoch', Number(step), epoch)),
  );
}

test.each(['training.log', 'training.csv'])('%s of Keras is a log, where it counts epochs', async (name) => {
  const [run, other] = [temporaryFolder(), temporaryFolder()];
  for (const each of [run, other]) for (const epoch of [1, 2]) put(each, `model_epoch_0${epoch}.keras`, 'x');
  put(run, name, 'epoch,val_loss\n0,0.5\n1,0.25\n');
  put(other, name, 'INFO started\nINFO done, all well\n');
  const manager = await open(run);
  expect(manager.version('model_epoch_02.keras')?.metrics).toMatchObject({ val_loss: 0.25 });
  expect((await open(other)).problems).toEqual([]);
});

describe('a run without sidecars', () => {
  const rows = [
    [1, 1024],
    [2, 2048],
    [3, 3072],
  ] as const;

  test('has what its logs measured, each value with its file and how far before it was measured', async () => {
    const run = newRun(1024, 2000, 9000);
    put(run, 'progress.csv', csvOf(['rollout/ep_rew_mean', 'time/total_timesteps'], ...rows));
    put(run, events, eventsOf('train/loss', { 1024: 0.5, 2048: 0.25 }));
    const manager = await open(run);
    expect(manager.version(idAt(1024))).toMatchObject({
      reward: 1,
      metrics: { 'rollout/ep_rew_mean': 1, 'train/loss': 0.5 },
      metadata_source: 'file_name',
    });
    expect(manager.row(idAt(2000))).toMatchObject({ reward: 1 });
    const source = { axis: 'step', at: 1024, behind: 976, episodes: null, deviation: null, interval: null };
    expect(manager.describe(idAt(2000)).metric_sources).toEqual([
      { metric: 'reward', file: 'progress.csv', ...source },
      { metric: 'rollout/ep_rew_mean', file: 'progress.csv', ...source },
      { metric: 'train/loss', file: events, ...source },
    ]);
    expect(manager.version(idAt(9000))).toMatchObject({ reward: null, metrics: {} });
    expect(manager.badges.best).toBe(idAt(1024));
    expect(manager.problems).toEqual([]);
  });

  test('beside models whose sidecars have a reward has none from logs: those are not one metric', async () => {
    const run = newRun(1024, 2048);
    const saved = saveModel(run, 1, { reward: 0.9 });
    put(run, 'progress.csv', csvOf(['rollout/ep_rew_mean', 'time/total_timesteps'], ...rows));
    const manager = await open(run);
    const measured = { 'rollout/ep_rew_mean': 1 };
    expect(manager.version(idAt(1024))).toMatchObject({ reward: null, metrics: measured });
    expect(manager.describe(idAt(1024)).metric_sources?.map(({ metric }) => metric)).toEqual(
      Object.keys(measured),
    );
    expect(manager.badges.best).toBe(saved);
    rmSync(join(run, saved));
    rmSync(join(run, saved.replace('.pt', '.json')));
    await manager.look();
    expect(manager.row(idAt(1024))?.reward).toBe(1);
  });

  test('counts one evaluation once: of those it is carried on to, only the nearest is a candidate and fills a place', async () => {
    const steps = [1000, 1100, 1200, 2000, 2100];
    const run = newRun(...steps);
    for (const step of steps) put(run, idAt(step), writeTorchZip([step]));
    const rows = [
      [9, 1000],
      [5, 2000],
    ];
    put(run, 'progress.csv', csvOf(['eval/mean_reward', 'time/total_timesteps'], ...rows));
    const manager = await open(run);
    expect(manager.row(idAt(1200))?.reward).toBe(9);
    const judged = await judgeRun(manager);
    expect(judged).toMatchObject({ best: idAt(1000), candidates: 2, next: { id: idAt(2000), value: 5 } });
    const { decisions } = await manager.planPrune({
      keepBest: 2,
      keepLatest: null,
      keepEvery: null,
      kinds: 'all',
    });
    const best = decisions.filter(({ reasons }) => reasons.some((reason) => reason.startsWith('best #')));
    expect(best.map(({ id }) => id)).toEqual([idAt(1000), idAt(2000)]);
  });

  test('has monitors of its environments as one', async () => {
    const run = newRun(30);
    put(
      run,
      'logs/0.monitor.csv',
      monitorOf([
        [1, 10],
        [2, 10],
      ]),
    );
    put(run, 'logs/1.monitor.csv', monitorOf([[9, 10]], 5));
    const metrics = { monitor_mean_reward: 4, monitor_mean_ep_length: 10 };
    expect((await open(run)).version(idAt(30))).toMatchObject({ reward: 4, metrics });
  });

  test('is not measured by what a link leads to', async () => {
    const [run, outside] = [newRun(1024), temporaryFolder()];
    put(outside, 'progress.csv', csvOf(['loss', 'step'], [1, 1024]));
    symlinkSync(outside, join(run, 'logs'));
    symlinkSync(join(outside, 'progress.csv'), join(run, 'progress.csv'));
    const manager = await open(run);
    expect(manager.version(idAt(1024))?.metrics).toEqual({});
    expect(manager.problems).toEqual([
      { path: 'progress.csv', problem: expect.stringMatching(/^no version has the metrics that it holds: /) },
    ]);
  });

  test('says of a log what is not whole of it, once nothing comes any more', async () => {
    const run = newRun(1024);
    const whole = eventsOf('loss', { 1024: 0.5, 2048: 0.25 });
    put(run, events, whole.subarray(0, -3));
    expect((await open(run)).problems).toEqual([]);
    utimesSync(join(run, events), 1000, 1000);
    const manager = await open(run);
    const problem = expect.stringMatching(/^its last record, from byte \d+ on, is not whole/);
    expect(manager.problems).toEqual([{ path: events, problem }]);
    expect(manager.version(idAt(1024))?.metrics).toEqual({ loss: 0.5 });
  });

  test('that is none of them is as it was: logs are not read for versions that sidecars describe', async () => {
    const run = temporaryFolder();
    const id = saveModel(run, 1);
    put(run, 'progress.csv', 'no table\n1\n');
    expect((await open(run)).problems).toEqual([]);
    put(run, idAt(1024), 'x');
    const manager = await open(run);
    const problem = expect.stringContaining('nothing in it counts steps');
    expect(manager.problems).toEqual([{ path: 'progress.csv', problem }]);
    expect(manager.describe(id).metric_sources).toEqual([]);
  });
});

test('how sure the best is, is told from the episodes that evaluations.npz has', async () => {
  const manager = await open(copySample());
  await manager.readOwnRecords();
  const { mean } = numpySays.evaluations.find(({ step }) => step === numpySays.best) ?? {};
  const { interval, value } = await judgeRun(manager);
  expect(value).toBe(mean);
  expect(interval).toMatchObject({ confidence: 0.95, basis: '10 episodes on record' });
  const [reward] = manager.describe(manager.badges.best ?? '').metric_sources;
  expect(reward).toMatchObject({ metric: 'reward', episodes: 10, interval: [interval?.low, interval?.high] });
  const asked = {
    metric: { name: 'eval_mean_reward', mode: 'max', source: 'asked' },
    best: manager.badges.best,
  } as const;
  expect((await judgeRun(manager, asked)).interval).toEqual(interval);
});

describe('a run that is followed', () => {
  test('has what training logs as it logs it, wherever that is, and tells of those alone that it changes', async () => {
    const run = newRun(1024, 2048, 3072);
    put(run, 'logs/progress.csv', csvOf(['loss', 'step'], [1, 1024]));
    const manager = await open(run);
    const told = new Set<string>();
    manager.subscribe((event) => {
      if (event.type === 'versions') for (const id of event.changed) told.add(id);
    });
    manager.follow();
    await vi.waitFor(() => expect(manager.watch.state).toBe('live'), soon);
    const metrics = (step: number) => manager.version(idAt(step))?.metrics;
    const becomes = async (step: number, expected: object) => {
      await vi.waitFor(() => expect(metrics(step)).toEqual(expected), soon);
      expect(told.has(idAt(step))).toBe(true);
    };
    told.clear();
    appendFileSync(join(run, 'logs/progress.csv'), '2,2048\n');
    await becomes(2048, { loss: 2 });
    expect(told.has(idAt(1024))).toBe(false);
    put(run, events, eventsOf('score', { 2048: 5 }));
    await becomes(2048, { loss: 2, score: 5 });
    appendFileSync(join(run, events), scalarRecord('score', 3072, 6));
    await becomes(3072, { loss: 2, score: 6 });
    put(run, 'progress.csv', csvOf(['loss', 'step'], [9, 2048]));
    await becomes(2048, { 'loss@logs/progress.csv': 2, 'loss@progress.csv': 9, score: 5 });
    rmSync(join(run, 'logs'), { recursive: true });
    await becomes(2048, { loss: 9, score: 5 });
    rmSync(join(run, 'tb'), { recursive: true });
    rmSync(join(run, 'progress.csv'));
    await becomes(3072, {});
  });

  test('hears of logs in a folder that is made again', async () => {
    const run = newRun(1024);
    mkdirSync(join(run, 'tb'));
    const manager = await open(run);
    manager.follow();
    await vi.waitFor(() => expect(manager.watch.state).toBe('live'), soon);
    for (const value of [1, 2, 3]) {
      rmSync(join(run, 'tb'), { recursive: true });
      put(run, events, eventsOf('score', { 1024: value }));
      await vi.waitFor(() => expect(manager.version(idAt(1024))?.metrics).toEqual({ score: value }), soon);
    }
  });

  test('ends with what is on disk, however fast it is logged', async () => {
    const run = newRun(1000);
    const manager = await open(run);
    manager.follow();
    await vi.waitFor(() => expect(manager.watch.state).toBe('live'), soon);
    for (let step = 1; step <= 1000; step += 1) {
      if (step === 1) writeFileSync(join(run, 'progress.csv'), 'loss,step\n');
      appendFileSync(join(run, 'progress.csv'), `${step},${step}\n`);
      if (step % 50 === 0) await new Promise(setImmediate);
    }
    await vi.waitFor(() => expect(manager.version(idAt(1000))?.metrics).toEqual({ loss: 1000 }), soon);
  });
});
