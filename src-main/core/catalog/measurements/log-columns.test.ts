import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arrangeMetrics, type ReadLog } from './log-columns.ts';
import type { Axis, MetricSeries } from './metric-log.ts';

type Points = readonly (readonly [at: number, value: number])[];

const seriesOf = (points: Points): MetricSeries => ({
  name: 'loss',
  at: Float64Array.from(points, ([at]) => at),
  values: Float64Array.from(points, ([, value]) => value),
  alsoAt: null,
});

function logOf(group: string, points: Points, axis: Axis = 'step'): ReadLog {
  const log = { axis, also: null, isExact: false, countsAlike: true, series: [seriesOf(points)], notes: [] };
  return { file: `${group}/log`, group, log };
}

/** The groups that are shown as one metric each. */
const divided = (logs: readonly ReadLog[]): string[][] =>
  arrangeMetrics(logs).map(({ columns }) => columns.map(({ group }) => group));
const areOne = (a: Points, b: Points): boolean => divided([logOf('a', a), logOf('b', b)]).length === 1;

const long = Array.from({ length: 2000 }, (_, index) => [index * 10, Math.sin(index)] as const);
const changed = (place: number): Points =>
  long.map(([at, value], index) => [at, index === place ? value + 1 : value] as const);

describe('two logs are of one metric', () => {
  test('where they have the same values, though one has more places', () => {
    expect(areOne(long, long)).toBe(true);
    expect(areOne(long, long.slice(500, 700))).toBe(true);
    expect(areOne(long.slice(500, 700), long)).toBe(true);
    const odd = long.map(([at, value], index) => [index % 2 ? at : at + 5, value] as const);
    expect(areOne(long, odd)).toBe(true);
    expect(areOne(odd, long)).toBe(true);
  });

  test('not where they differ at the first place, in between, or at the last one', () => {
    for (const place of [0, 1000, 1999]) {
      expect(areOne(long, changed(place))).toBe(false);
      expect(areOne(changed(place), long.slice(place))).toBe(false);
    }
  });

  test('not where they have no place in common', () => {
    const between = long.map(([at, value]) => [at + 5, value] as const);
    expect(areOne(long, between)).toBe(false);
    expect(areOne(long.slice(0, 1000), long.slice(1000))).toBe(false);
    expect(areOne(long.slice(1000), long.slice(0, 1000))).toBe(false);
    expect(areOne(long, [])).toBe(false);
    expect(divided([logOf('a', long), logOf('b', long, 'epoch')])).toEqual([['a'], ['b']]);
  });

  test('where they are equal as floats of 32 bits; NaN is equal to itself, and 0 is not to -0', () => {
    expect(areOne([[1, 0.1]], [[1, Math.fround(0.1)]])).toBe(true);
    expect(areOne([[1, 0.1]], [[1, 0.100001]])).toBe(false);
    expect(areOne([[1, Number.NaN]], [[1, Number.NaN]])).toBe(true);
    expect(areOne([[1, 0]], [[1, -0]])).toBe(false);
  });

  test('by the later of two values at one place, and where places are in no order', () => {
    const twice: Points = [
      [1, 5],
      [1, 6],
      [2, 7],
    ];
    expect(areOne(twice, [[1, 6]])).toBe(true);
    expect(areOne(twice, [[1, 5]])).toBe(false);
    expect(areOne([...long].reverse(), long)).toBe(true);
    expect(areOne(long, [...changed(3)].reverse())).toBe(false);
    expect(areOne([[2, 7], ...twice.slice(0, 2)], [[1, 6]])).toBe(true);
  });
});

test('logs of one group are compared as one, each with each', () => {
  const parts = [logOf('a', long.slice(0, 1000)), logOf('a', long.slice(1000))];
  expect(divided([...parts, logOf('b', long)])).toEqual([['a', 'b']]);
  expect(divided([...parts, logOf('b', changed(1500))])).toEqual([['a'], ['b']]);
  expect(divided([logOf('b', changed(1500)), ...parts])).toEqual([['b'], ['a']]);
});

/** As it was defined before it was made fast. */
function compareByMap(one: MetricSeries, other: MetricSeries): number | null {
  const values = new Map(Array.from(one.at, (at, index) => [at, one.values[index] ?? 0]));
  let common = 0;
  for (const [index, at] of other.at.entries()) {
    const value = values.get(at);
    if (value === undefined) continue;
    if (!Object.is(Math.fround(value), Math.fround(other.values[index] ?? 0))) return null;
    common += 1;
  }
  return common;
}

test('what is one is what was by a map of each series', () => {
  const place = fc.oneof(
    { weight: 9, arbitrary: fc.integer({ min: 0, max: 6 }) },
    fc.double(),
    fc.constant(-0),
  );
  const value = fc.oneof(
    { weight: 9, arbitrary: fc.constant(1) },
    fc.constantFrom(2, 1 + 1e-9, -0, 0, Number.NaN),
  );
  const points = fc.array(fc.tuple(place, value), { maxLength: 6 });
  const maybeSorted = fc
    .tuple(points, fc.boolean())
    .map(([some, isSorted]) => (isSorted ? [...some].sort(([a], [b]) => a - b) : some));
  fc.assert(
    fc.property(maybeSorted, maybeSorted, (a, b) => {
      const common = compareByMap(seriesOf(a), seriesOf(b));
      expect(areOne(a, b)).toBe(common !== null && common > 0);
    }),
    { numRuns: 2000 },
  );
});
