import { expect, test } from 'vitest';
import { compareSettings } from './compare-settings.ts';

/** What came of runs with each value of one setting, as it is told of them. */
function compare(
  came: readonly (readonly [value: number, ...came: number[]])[],
  mode: 'max' | 'min' = 'max',
) {
  const runs = came.flatMap(([given, ...values]) =>
    values.map((value) => ({ settings: new Map([['lr', String(given)]]), value })),
  );
  return compareSettings(runs, mode).numbers[0];
}

test('a best inside the range is told, with what came of each value, though higher values go with better ones', () => {
  const sweep = [
    [1e-4, -4.5, -4.45, -4.4],
    [3e-4, 0.27, 0.32, 0.37],
    [1e-3, 5.5, 5.55, 5.6],
    [3e-3, 0.73, 0.78, 0.83],
  ] as const;
  expect(compare(sweep)).toMatchObject({
    peak: { from: 1e-3, to: 1e-3, runs: 3, mean: expect.closeTo(5.55) },
    values: [1e-4, 3e-4, 1e-3, 3e-3].map((value) => ({ value, runs: 3 })),
  });
  const losses = sweep.map(([value, ...came]) => [value, ...came.map((each) => -each)] as const);
  expect(compare(losses, 'min')).toMatchObject({ peak: { from: 1e-3 } });
});

test('a best at an end, one that chance tells, and one that is hardly better than the end are no best inside', () => {
  const tried = (...means: number[]) => means.map((mean, index) => [index, mean] as const);
  for (const came of [tried(1, 2, 3, 4, 5), tried(1, 2, 3, 5, 4.9), tried(3, 1, 5, 2, 4)])
    expect(compare(came)?.peak).toBeNull();
  const noisy = [
    [1, -9, 9, 0],
    [2, -8, 12, 1],
    [3, 9, -10, 0],
  ] as const;
  expect(compare(noisy)).toMatchObject({ peak: null, values: [{ value: 1 }, { value: 2 }, { value: 3 }] });
  expect(compare(tried(1, 2, 6, 4, 3))?.peak).toMatchObject({ from: 2, runs: 1 });
});

test('of many values those near each other are taken together', () => {
  const came = Array.from({ length: 40 }, (_, index) => [index, -((index - 20) ** 2)] as const);
  expect(compare(came)).toMatchObject({ values: [], peak: { from: 16, to: 23, runs: 8 } });
});
