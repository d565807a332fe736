import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PlaceFinder, placeIn } from './find-in-series.ts';
import { type Axis, LogBuilder, type MetricLog } from './metric-log.ts';

function logOf(places: readonly number[], axis: Axis = 'step', isExact = false): MetricLog {
  const log = new LogBuilder(axis, null, isExact);
  for (const at of places) log.add('a', at, { [axis]: at });
  return log.build();
}

/** The places of the measurements that count for versions of these; null for none. */
function found(log: MetricLog, places: readonly number[], axis: Axis = 'step'): (number | null)[] {
  const [series] = log.series;
  const finder = series && new PlaceFinder(log, series);
  return places.map((at) => series?.values[finder?.indexAt({ axis, at }) ?? -1] ?? null);
}

describe('a value counts for versions', () => {
  test('of its very step, and of those up to two logging intervals after it', () => {
    const log = logOf([1000, 2000, 3000]);
    expect(found(log, [999, 1000, 1999, 2000, 3000, 3500, 5000, 5001])).toEqual([
      null,
      1000,
      1000,
      2000,
      3000,
      3000,
      3000,
      null,
    ]);
  });

  test('not across a gap in which training did not log', () => {
    expect(found(logOf([10, 20, 30, 1000, 1010]), [50, 51, 999, 1000])).toEqual([30, null, null, 1000]);
  });

  test('of its very step alone, where its save came to no end', () => {
    const log = logOf([1000, 2000, 3000]);
    const place = (step: number) => placeIn(log, { id: 'a', step, state: 'torn' });
    expect(place(3500)).toEqual({ axis: 'step', at: 3500, isExact: true });
    const finder = new PlaceFinder(log, log.series[0] as (typeof log.series)[number]);
    const places = [2000, 2500, 3500].map(place);
    expect(places.map((each) => each && finder.indexAt(each))).toEqual([1, -1, -1]);
  });

  test('of its very place alone, where it is the only one, counts epochs, or is of an evaluation', () => {
    expect(found(logOf([10]), [10, 11])).toEqual([10, null]);
    expect(found(logOf([1, 2, 3], 'epoch'), [2, 4], 'epoch')).toEqual([2, null]);
    expect(found(logOf([10, 20, 30], 'step', true), [20, 21])).toEqual([20, null]);
  });

  test('and never for one of another count', () => {
    expect(found(logOf([1, 2, 3]), [2], 'epoch')).toEqual([null]);
  });

  test('by the last step of an epoch, where both are on record', () => {
    const log = new LogBuilder('step', 'epoch');
    for (const step of [10, 20, 30, 40]) log.add('a', step, { step, epoch: Math.floor(step / 25) });
    expect(found(log.build(), [0, 1, 2], 'epoch')).toEqual([20, 40, null]);
  });
});

test('whatever was measured, what counts is never of a later place, and the nearest before', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(500), { maxLength: 40 }), fc.nat(600), (places, at) => {
      const log = logOf(places);
      const kept = [...(log.series[0]?.at ?? [])];
      const [value] = found(log, [at]);
      const before = kept.filter((each) => each <= at).at(-1) ?? null;
      if (kept.includes(at)) expect(value).toBe(at);
      else expect([null, before]).toContain(value);
      expect(kept).toEqual([...new Set(kept)].sort((a, b) => a - b));
    }),
    { seed: 1 },
  );
});

test('a version stands where the log says, else at its step, else, where nothing counts steps, at the epoch in its name', () => {
  const [steps, epochs] = [logOf([1]), logOf([1], 'epoch')];
  const id = 'checkpoints/epoch=03-step=400.ckpt';
  expect(placeIn(steps, { id, step: 400 })).toEqual({ axis: 'step', at: 400 });
  expect(placeIn(steps, { id, step: null })).toBeNull();
  expect(placeIn(epochs, { id, step: 400 })).toEqual({ axis: 'epoch', at: 3 });
  for (const name of ['cp_epoch_3.pt', 'Epoch3.pt', 'epoch-3-loss=0.1.pt'])
    expect(placeIn(epochs, { id: name, step: null })?.at).toBe(3);
  for (const name of ['model.pt', 'epoch=3/model.pt', 'epochs.pt'])
    expect(placeIn(epochs, { id: name, step: null })).toBeNull();
  const told = { ...steps, placeOf: () => ({ axis: 'iteration', at: 7 }) as const };
  expect(placeIn(told, { id, step: 400 })).toEqual({ axis: 'iteration', at: 7 });
});
