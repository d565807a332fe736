import { describe, expect, test } from 'vitest';
import type { ReadLog } from './log-columns.ts';
import { sameMeasured } from './measured.ts';
import { MeasuredRun } from './measured-run.ts';
import { type Axis, LogBuilder, type MetricLog } from './metric-log.ts';

type Values = Readonly<Record<number, number>>;

function logOf(metrics: Readonly<Record<string, Values>>, axis: Axis = 'step'): MetricLog {
  const log = new LogBuilder(axis);
  for (const [name, values] of Object.entries(metrics))
    for (const [at, value] of Object.entries(values)) log.add(name, value, { [axis]: Number(at) });
  return log.build();
}

const read = (file: string, log: MetricLog, group = file): ReadLog => ({ file, group, log });
const at = (step: number | null, id = 'a.zip') => ({ id, step });

function metricsOf(run: MeasuredRun, version: { id: string; step: number | null }): Record<string, number> {
  const { names, values, at: from } = run.of(version)?.metrics ?? { names: [], values: [], at: 0 };
  return Object.fromEntries(names.map((name, index) => [name, values[from + index] ?? Number.NaN]));
}

describe('a metric that several files have', () => {
  const precise = { 10: 1 / 3, 20: 2 / 3 };
  const rounded = { 10: Math.fround(1 / 3), 20: Math.fround(2 / 3), 30: 5 };

  test('is one where they have the same values, to the precision of TensorBoard; the first of them tells it', () => {
    const run = new MeasuredRun([
      read('progress.csv', logOf({ loss: precise })),
      read('tb/events', logOf({ loss: rounded }), 'tb'),
    ]);
    expect(metricsOf(run, at(20))).toEqual({ loss: 2 / 3 });
    expect(run.sourcesOf(at(20))).toMatchObject([{ metric: 'loss', file: 'progress.csv', at: 20 }]);
  });

  test('is told by the one that measured nearer to a version', () => {
    const run = new MeasuredRun([
      read('progress.csv', logOf({ loss: { 10: 1, 20: 2 } })),
      read('tb/events', logOf({ loss: { 10: 1, 20: 2, 25: 3 } }), 'tb'),
    ]);
    expect(metricsOf(run, at(26))).toEqual({ loss: 3 });
    expect(run.sourcesOf(at(26))).toMatchObject([{ file: 'tb/events', at: 25, behind: 1 }]);
  });

  test('is shown with the source of each where they differ, in all versions alike', () => {
    const run = new MeasuredRun([
      read('progress.csv', logOf({ loss: precise })),
      read('tb/events', logOf({ loss: { 10: 1 / 3, 20: 9 } }), 'tb'),
    ]);
    expect(metricsOf(run, at(10))).toEqual({ 'loss@progress.csv': 1 / 3, 'loss@tb': 1 / 3 });
    expect(metricsOf(run, at(20))).toEqual({ 'loss@progress.csv': 2 / 3, 'loss@tb': 9 });
  });

  test('is no one metric where nothing tells that it is', () => {
    const run = new MeasuredRun([
      read('a.csv', logOf({ loss: { 1: 1 } })),
      read('b.csv', logOf({ loss: { 2: 2 } })),
    ]);
    expect(metricsOf(run, at(1))).toEqual({ 'loss@a.csv': 1 });
    expect(metricsOf(run, at(2))).toEqual({ 'loss@b.csv': 2 });
  });

  test('goes on in the next file of a folder of TensorBoard, and from where training was taken up again', () => {
    const run = new MeasuredRun([
      read('tb/1', logOf({ loss: { 10: 1, 20: 2, 30: 3 } }), 'tb'),
      read('tb/2', logOf({ loss: { 20: 7, 30: 8, 40: 9 } }), 'tb'),
    ]);
    expect([10, 20, 30, 40].map((step) => metricsOf(run, at(step))['loss'])).toEqual([1, 7, 8, 9]);
    expect(run.sourcesOf(at(15))).toMatchObject([{ file: 'tb/1', at: 10, behind: 5 }]);
  });
});

describe('the reward of a run', () => {
  test('is none where files disagree on it: they may be of two trainings', () => {
    const run = new MeasuredRun([
      read('PPO_1/events', logOf({ 'rollout/ep_rew_mean': { 10: 1 } }), 'PPO_1'),
      read('PPO_2/events', logOf({ 'rollout/ep_rew_mean': { 10: 2 } }), 'PPO_2'),
    ]);
    expect(run.of(at(10))?.reward).toBeNull();
    expect(metricsOf(run, at(10))).toEqual({
      'rollout/ep_rew_mean@PPO_1': 1,
      'rollout/ep_rew_mean@PPO_2': 2,
    });
  });

  test('is the same metric in all versions, of evaluations before those of training', () => {
    const run = new MeasuredRun([
      read(
        'progress.csv',
        logOf({ 'rollout/ep_rew_mean': { 10: 1, 20: 2, 30: 3 }, 'eval/mean_reward': { 10: 5 } }),
      ),
    ]);
    expect(run.of(at(10))?.reward).toBe(5);
    expect(run.of(at(20))?.reward).toBeNull();
    expect(run.sourcesOf(at(10))[0]).toMatchObject({ metric: 'reward', file: 'progress.csv', behind: 0 });
  });

  test.each([
    ['rollout/ep_rew_mean', true],
    ['charts/episodic_return', true],
    ['episode_reward_mean', true],
    ['eval/mean_reward', true],
    ['mean_reward', true],
    ['reward', false],
    ['val_loss', false],
    ['train/reward_loss', false],
    ['accuracy', false],
  ])('%s: %s', (name, isReward) => {
    const run = new MeasuredRun([read('a.csv', logOf({ [name]: { 10: 5 } }))]);
    expect(run.of(at(10))?.reward).toBe(isReward ? 5 : null);
  });
});

test('what a log calls reward is named with its source, for it may be that of a step', () => {
  const run = new MeasuredRun([read('a.csv', logOf({ reward: { 10: 5 } }))]);
  expect(metricsOf(run, at(10))).toEqual({ 'reward@a.csv': 5 });
  expect(run.sourcesOf(at(10))).toMatchObject([{ metric: 'reward@a.csv' }]);
});

test('a version that nothing tells of has nothing', () => {
  const run = new MeasuredRun([read('a.csv', logOf({ loss: { 10: 1 } }))]);
  for (const version of [at(null), at(9), at(11)]) expect(run.of(version)).toBeNull();
  expect(run.sourcesOf(at(null))).toEqual([]);
});

test('what is known of a version is looked up again once it has another step', () => {
  const run = new MeasuredRun([read('a.csv', logOf({ loss: { 10: 1, 20: 2 } }))]);
  expect(run.of(at(null))).toBeNull();
  expect(metricsOf(run, at(20))).toEqual({ loss: 2 });
});

test('versions that were measured alike share the list of names', () => {
  const run = new MeasuredRun([read('a.csv', logOf({ loss: { 10: 1, 20: 2 }, late: { 20: 3 } }))]);
  const names = (step: number) => run.of(at(step, `${step}`))?.metrics.names;
  expect(names(10)).toEqual(['loss']);
  expect(names(20)).toEqual(['loss', 'late']);
  expect(run.of(at(20, 'another'))?.metrics.names).toBe(names(20));
});

test('versions of which the same was measured share what is kept of it, and no others do', () => {
  const loss = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [10 * index, index]));
  const run = new MeasuredRun([read('a.csv', logOf({ loss, late: { 20: 7, 30: 7 } }))]);
  const metrics = (step: number) => run.of(at(step, `${step}`))?.metrics;
  for (let step = 0; step < 3000; step += 5) expect(metrics(step)?.values).toBeDefined();
  expect(metrics(20)).toBe(metrics(25));
  expect(metrics(30)).not.toBe(metrics(20));
  for (let step = 0; step < 3000; step += 5) {
    const late = step >= 20 && step <= 50 ? { late: 7 } : {};
    expect(metricsOf(run, at(step, `${step}`))).toEqual({ loss: Math.floor(step / 10), ...late });
  }
});

test('what is shared counts where logs are at other distances too', () => {
  const often = logOf({ loss: { 10: 1, 20: 2, 25: 3 }, own: { 10: 1, 20: 2 } });
  const fromZero = {
    ...often,
    placeOf: ({ step }: { step: number | null }) => ({ axis: 'step' as const, at: (step ?? 0) % 30 }),
  };
  const logs = [read('progress.csv', logOf({ loss: { 10: 1, 20: 2 } })), read('tb/events', fromZero, 'tb')];
  const steps = [10, 12, 20, 24, 25, 26, 29, 40, 42, 55];
  const together = new MeasuredRun(logs);
  for (const step of steps) {
    const [one, other] = [together, new MeasuredRun(logs)].map((run) => run.of(at(step, `${step}`)));
    expect(sameMeasured(one ?? null, other ?? null)).toBe(true);
  }
});

test('series of a log that were measured at the same places share these', () => {
  const { series } = logOf({ a: { 1: 0, 2: 0 }, b: { 1: 5, 3: 0 }, c: { 1: 7, 2: 8 }, d: { 1: 0, 3: 7 } });
  const [a, b, c, d] = series.map((each) => each.at);
  expect([a === c, b === d, a === b]).toEqual([true, true, false]);
});

test('what a log says of a checkpoint by name is the metric of that one alone', () => {
  const said = new Map([['checkpoint-500', [['best_metric', 0.5] as const]]]);
  const run = new MeasuredRun([read('trainer_state.json', { ...logOf({ loss: { 500: 2 } }), said })]);
  expect(metricsOf(run, at(500, 'checkpoint-500/model.safetensors'))).toEqual({ loss: 2, best_metric: 0.5 });
  expect(metricsOf(run, at(500, 'checkpoint-5000'))).toEqual({ loss: 2 });
  expect(run.sourcesOf(at(null, 'checkpoint-500'))).toEqual([
    {
      ...{ metric: 'best_metric', file: 'trainer_state.json', axis: null, at: null, behind: 0 },
      ...{ episodes: null, deviation: null, interval: null },
    },
  ]);
});

test('the log of one version of Lightning tells nothing of checkpoints in another', () => {
  const log = logOf({ val_loss: { 3: 0.5 } }, 'epoch');
  const run = new MeasuredRun([read('lightning_logs/version_1/metrics.csv', log)]);
  const of = (folder: string) => metricsOf(run, at(null, `${folder}checkpoints/epoch=3-step=400.ckpt`));
  expect(of('lightning_logs/version_1/')).toEqual({ val_loss: 0.5 });
  expect(of('lightning_logs/version_0/')).toEqual({});
  expect(of('')).toEqual({ val_loss: 0.5 });
});

test('names of objects are names like others', () => {
  const run = new MeasuredRun([read('a.csv', logOf({ ['__proto__']: { 10: 1 }, constructor: { 10: 2 } }))]);
  expect(run.of(at(10))?.metrics.names).toContain('constructor');
});

test('more metrics than are shown are left out, and it is said', () => {
  const logs = ['a', 'b'].map((file) => {
    const names = Array.from({ length: 700 }, (_, index) => [`${file}${index}`, { 10: 1 }] as const);
    return read(`${file}.csv`, logOf(Object.fromEntries(names)));
  });
  const run = new MeasuredRun(logs);
  expect(run.of(at(10))?.metrics.names).toHaveLength(1000);
  const problem = 'a run is shown with 1,000 metrics: 400 more, from here on, are left out';
  expect(run.problems).toEqual([{ path: 'b.csv', problem }]);
});

test('the same values of another file, or another place, are not the same', () => {
  const of = (file: string, values: Values) =>
    new MeasuredRun([read(file, logOf({ loss: values }))]).of(at(20));
  const known = of('a.csv', { 10: 1, 20: 2 });
  expect(sameMeasured(known, of('a.csv', { 15: 1, 20: 2 }))).toBe(true);
  expect(sameMeasured(known, of('b.csv', { 10: 1, 20: 2 }))).toBe(false);
  expect(sameMeasured(known, of('a.csv', { 10: 1, 19: 2 }))).toBe(false);
  expect(sameMeasured(known, null)).toBe(false);
  expect(sameMeasured(null, null)).toBe(true);
});

describe('a training that was taken up again in a file of its own', () => {
  /** `seldom` at some of the places, in the order of training. */
  function logged(places: readonly number[], seldom: readonly number[], value: number): MetricLog {
    const log = new LogBuilder('step');
    for (const step of places) {
      log.add('loss', value, { step });
      if (seldom.includes(step)) log.add('seldom', value, { step });
    }
    return log.build();
  }
  const thousands = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, index) => 1000 * (from + index));
  const first = logged(thousands(1, 9), [2000, 4000, 6000, 8000], 1);
  const second = logged(thousands(6, 9), [], 2);
  const seldomIn = (run: MeasuredRun, ...steps: readonly number[]) =>
    steps.map((step) => metricsOf(run, at(step))['seldom'] ?? null);

  test('has of the first what it measured before that place, and nothing beyond', () => {
    const run = new MeasuredRun([read('tb/1', first, 'tb'), read('tb/2', second, 'tb')]);
    expect(seldomIn(run, 2000, 4000, 5900, 6000, 7000, 8000, 9000)).toEqual([1, 1, 1, 1, null, null, null]);
    expect(metricsOf(run, at(8000))).toEqual({ loss: 2 });
  });

  test('keeps what the first measured farther on than the second came', () => {
    const run = new MeasuredRun([read('tb/1', first, 'tb'), read('tb/2', logged([3000, 3100], [], 2), 'tb')]);
    expect(seldomIn(run, 2000, 3200, 4000, 8000)).toEqual([1, null, 1, 1]);
  });

  test('leaves to versions of the first what that measured of them, though the second has just come near', () => {
    const hundreds = (to: number) => Array.from({ length: to }, (_, index) => 100 * (index + 1));
    const earlier = read('tb/1', logged(hundreds(6), [], 1), 'tb');
    const later = logged(hundreds(2), [100, 200], 2);
    const run = new MeasuredRun([earlier, read('tb/2', later, 'tb')]);
    const lossOf = (step: number) => metricsOf(run, at(step))['loss'];
    expect([100, 200, 250, 299, 300, 400, 500, 600].map(lossOf)).toEqual([2, 2, 2, 2, 1, 1, 1, 1]);
    expect(seldomIn(run, 200, 250, 300, 400)).toEqual([2, 2, null, null]);
    const third = new MeasuredRun([
      earlier,
      read('tb/2', later, 'tb'),
      read('tb/3', logged(hundreds(3), [], 3), 'tb'),
    ]);
    expect([200, 300, 399, 400].map((step) => metricsOf(third, at(step))['loss'])).toEqual([3, 3, 3, 1]);
  });

  test('is told only where both measured the same', () => {
    const other = new LogBuilder('step');
    for (const step of thousands(1, 9)) other.add('of another program', 3, { step });
    const run = new MeasuredRun([read('tb/1', first, 'tb'), read('tb/2', other.build(), 'tb')]);
    expect(seldomIn(run, 2000, 8000)).toEqual([1, 1]);
  });

  test('takes nothing away where metrics do not count alike', () => {
    const mixed = new LogBuilder('step');
    for (const step of thousands(1, 9)) {
      mixed.add('loss', 1, { step });
      mixed.add('by samples', 1, { step: 10 * step });
    }
    const run = new MeasuredRun([read('tb/1', mixed.build(), 'tb'), read('tb/2', second, 'tb')]);
    expect(metricsOf(run, at(10_000))).toEqual({ loss: 2, 'by samples': 1 });
  });
});
