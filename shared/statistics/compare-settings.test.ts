import { expect, test } from 'vitest';
import { compareSettings, type SetRun } from './compare-settings.ts';

const run = (settings: Record<string, string>, value: number): SetRun => ({
  settings: new Map(Object.entries(settings)),
  value,
});

test('a number goes with what came of it by rank, those that go most strongly first, each with how many runs have it', () => {
  const rates = ['1e-4', '0.001', '0.01', '0.1', '1'];
  const runs = rates.map((lr, index) =>
    run({ lr, seed: String([3, 1, 5, 2, 4][index]), fixed: '7' }, index ** 3),
  );
  const { numbers, words } = compareSettings([...runs, run({ other: '1' }, 9)], 'max');
  expect(words).toEqual([]);
  expect(numbers).toEqual([
    { name: 'lr', runs: 5, range: [1e-4, 1], correlation: 1, values: [], peak: null },
    expect.objectContaining({ name: 'seed', runs: 5, range: [1, 5], correlation: expect.closeTo(0.3, 12) }),
  ]);
  const worse = compareSettings(
    runs.map(({ settings, value }) => ({ settings, value: -value })),
    'max',
  );
  expect(worse.numbers[0]).toMatchObject({ name: 'lr', correlation: -1 });
});

test('equal values share a rank, as scipy.stats.spearmanr has it', () => {
  const given = [1, 2, 2, 3, 4, 4];
  const came = [2, 1, 3, 3, 5, 4];
  const runs = given.map((value, index) => run({ lr: String(value) }, came[index] ?? 0));
  // Both have ranks with one tie or two; Pearson of [1, 2.5, 2.5, 4, 5.5, 5.5] and [2, 1, 3.5, 3.5, 6, 5].
  expect(compareSettings(runs, 'max').numbers[0]?.correlation).toBeCloseTo(14.25 / Math.sqrt(16.5 * 17), 12);
});

test('below five runs, and where all came to the same, no correlation is told', () => {
  const of = (count: number, value: (index: number) => number) =>
    compareSettings(
      Array.from({ length: count }, (_, index) => run({ lr: String(index) }, value(index))),
      'max',
    );
  expect(of(4, (index) => index).numbers).toMatchObject([{ runs: 4, correlation: null }]);
  expect(of(5, (index) => index).numbers).toMatchObject([{ runs: 5, correlation: 1 }]);
  expect(of(6, () => 1).numbers).toMatchObject([{ runs: 6, correlation: null }]);
});

test('of words each value has the mean of what came of it, the best first; one word among numbers makes words of them', () => {
  const runs = [
    run({ net: 'big', decay: '0.1' }, 3),
    run({ net: 'small', decay: 'none' }, 1),
    run({ net: 'big' }, 5),
    run({}, 100),
  ];
  expect(compareSettings(runs, 'max')).toEqual({
    numbers: [],
    words: [
      {
        name: 'decay',
        runs: 2,
        values: [
          { value: '0.1', runs: 1, mean: 3 },
          { value: 'none', runs: 1, mean: 1 },
        ],
      },
      {
        name: 'net',
        runs: 3,
        values: [
          { value: 'big', runs: 2, mean: 4 },
          { value: 'small', runs: 1, mean: 1 },
        ],
      },
    ],
  });
  const { words } = compareSettings(runs, 'min');
  expect(words.map(({ values }) => values.map(({ value }) => value))).toEqual([
    ['none', '0.1'],
    ['small', 'big'],
  ]);
});

test('one value that is written in two ways is no difference', () => {
  const runs = ['0.1', '0.10', '1e-1', '+.1'].map((lr, index) => run({ lr }, index));
  expect(compareSettings(runs, 'max')).toEqual({ numbers: [], words: [] });
  const words = [
    run({ amp: 'True', net: 'big' }, 1),
    run({ amp: 'true', net: 'Big' }, 3),
    run({ amp: 'false' }, 5),
  ];
  expect(compareSettings(words, 'max').words).toEqual([
    expect.objectContaining({
      name: 'amp',
      values: [
        { value: 'false', runs: 1, mean: 5 },
        { value: 'True', runs: 2, mean: 2 },
      ],
    }),
    expect.objectContaining({ name: 'net', runs: 2 }),
  ]);
});

test('a setting that is null in some runs is a number in the others, where those are enough', () => {
  const rates = ['0.5', 'null', '0.2', '0.4', 'None', '0.3', '0.1'];
  const runs = rates.map((lr, index) => run({ lr }, [9, 1, 3, 7, 2, 8, 1][index] ?? 0));
  // scipy.stats.spearmanr of the five others
  expect(compareSettings(runs, 'max')).toEqual({
    numbers: [
      expect.objectContaining({
        name: 'lr',
        runs: 5,
        range: [0.1, 0.5],
        correlation: expect.closeTo(0.9, 12),
      }),
    ],
    words: [],
  });
  expect(compareSettings(runs.slice(0, 4), 'max').words).toMatchObject([{ name: 'lr', runs: 4 }]);
});
