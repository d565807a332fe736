import { expect, test } from 'vitest';
import { LogBuilder } from './metric-log.ts';
import { readCsvLog } from './read-csv-log.ts';
import { measurementsIn, sourceOf } from './read-log.fixture.ts';
import { csvOf } from './write-logs.fixture.ts';

const table = async (...rows: readonly (readonly (number | '')[])[]) =>
  (await readCsvLog(sourceOf(csvOf(['step', 'seldom', 'loss'], ...rows)))).log;

test('what was measured beyond the place from which training was taken up again is gone, also of what is seldom logged', async () => {
  const log = await table(
    [4000, 4, 40],
    [5000, '', 50],
    [6000, 6, 60],
    [8000, 8, 80],
    [9000, '', 90],
    [5500, '', 55],
    [8500, '', 85],
    [9500, 9.5, 95],
  );
  expect(log.countsAlike).toBe(true);
  expect(measurementsIn(log)).toEqual({
    seldom: [
      [4000, 4],
      [9500, 9.5],
    ],
    loss: [
      [4000, 40],
      [5000, 50],
      [5500, 55],
      [8500, 85],
      [9500, 95],
    ],
  });
});

test('the first row after that may have what was seldom logged, or nothing else', async () => {
  const same = await table([4000, 4, 40], [9000, '', 90], [5500, 5.5, 55]);
  expect(measurementsIn(same)).toEqual({
    seldom: [
      [4000, 4],
      [5500, 5.5],
    ],
    loss: [
      [4000, 40],
      [5500, 55],
    ],
  });
  const alone = await table([4000, 4, 40], [9000, '', 90], [5400, 5.4, ''], [5500, '', 55]);
  expect(alone.countsAlike).toBe(true);
  expect(measurementsIn(alone)['loss']).toEqual([
    [4000, 40],
    [5500, 55],
  ]);
});

test('a metric that counts otherwise takes nothing of the others away, however often it goes back', () => {
  const log = new LogBuilder('step');
  const add = (name: string, step: number) => log.add(name, step, { step });
  for (const step of [50, 100]) add('loss', step);
  add('of an epoch', 0);
  for (const step of [150, 200]) add('loss', step);
  add('of an epoch', 1);
  for (const step of [150, 200]) add('loss', step);
  for (const epoch of [0, 1]) add('of an epoch', epoch);
  const built = log.build();
  expect(built.countsAlike).toBe(false);
  expect(measurementsIn(built)['loss']?.map(([at]) => at)).toEqual([50, 100, 150, 200]);
  expect(measurementsIn(built)['of an epoch']?.map(([at]) => at)).toEqual([0, 1]);
});

test('a training that went back many times comes to what it measured since it was at each place last', () => {
  const log = new LogBuilder('step');
  const add = (name: string, ...steps: number[]) => {
    for (const step of steps) log.add(name, step, { step });
  };
  add('seldom', 10, 70);
  add('loss', 75, 60, 65, 62, 68, 50, 55, 52);
  add('seldom', 58);
  const { seldom, loss } = measurementsIn(log.build());
  expect(seldom?.map(([at]) => at)).toEqual([10, 58]);
  expect(loss?.map(([at]) => at)).toEqual([50, 52]);
});

test('a metric with an index of its own that begins anew takes nothing of the others away, though it was there before them', () => {
  const log = new LogBuilder('step');
  const add = (name: string, ...steps: number[]) => {
    for (const step of steps) log.add(name, step, { step });
  };
  const evaluate = () => {
    for (const episode of [0, 1, 2]) for (const name of ['eval reward', 'eval length']) add(name, episode);
  };
  evaluate();
  add('rollout', 1000, 2000, 3000);
  evaluate();
  add('rollout', 4000, 5000);
  const built = log.build();
  expect(built.countsAlike).toBe(false);
  const measured = measurementsIn(built);
  expect(measured['rollout']?.map(([at]) => at)).toEqual([1000, 2000, 3000, 4000, 5000]);
  expect(measured['eval length']?.map(([at]) => at)).toEqual([0, 1, 2]);
});

test('what is seldom logged goes back first, and takes along what was logged since, where it was not due again', () => {
  const log = new LogBuilder('step');
  const add = (name: string, ...steps: number[]) => {
    for (const step of steps) log.add(name, step, { step });
  };
  add('loss', 1000, 2000);
  add('seldom', 2000);
  add('loss', 3000, 4000);
  add('seldom', 4000);
  add('loss', 5000);
  add('seldom', 3000);
  const built = log.build();
  expect(built.countsAlike).toBe(true);
  expect(measurementsIn(built)['loss']?.map(([at]) => at)).toEqual([1000, 2000, 3000]);
});

test('what was not measured for long tells by itself of no training that was taken up again; what goes back beside it does', () => {
  const log = new LogBuilder('step');
  const add = (name: string, ...steps: number[]) => {
    for (const step of steps) log.add(name, step, { step });
  };
  add('of the beginning', 0, 10);
  add('loss', 1000, 2000, 3000);
  add('seldom', 3000);
  add('of the beginning', 5);
  add('loss', 1000);
  const built = log.build();
  expect(built.countsAlike).toBe(true);
  expect(measurementsIn(built)).toEqual({
    'of the beginning': [
      [0, 0],
      [5, 5],
    ],
    loss: [[1000, 1000]],
  });
});
