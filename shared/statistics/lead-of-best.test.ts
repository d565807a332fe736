import { expect, test } from 'vitest';
import type { JsonObject } from '../model/json.ts';
import { judge, reward, versionsOf } from './judge-best.fixture.ts';
import { leadOf, type Measurement } from './lead-of-best.ts';

const best = [9, 9.5, 10, 10.5, 11];
const scattered = [5.2, 7, 8.7, 10.4, 12.2];

const measured = (value: number, evaluation_results: object = {}): Measurement => ({
  value,
  sidecar: { evaluation_results } as JsonObject,
});

/** As a benchmark records it. */
const benched = (values: number[], of: object = {}) => {
  const value = values.reduce((sum, each) => sum + each, 0) / values.length;
  const record = { seeds: values.map((_, seed) => seed), values, evaluator: 'ev', evaluator_hash: 'ab' };
  return measured(value, { bench: { pnl: { ...record, ...of } }, bench_pnl_per_seed: values });
};

test('both scatter: the difference is that of Welch', () => {
  const [one, other] = [
    measured(10, { episode_rewards: best }),
    measured(8.7, { episode_rewards: scattered }),
  ];
  // scipy.stats.ttest_ind(one, other, equal_var=False): 4.656 degrees of freedom; with scipy.stats.t.ppf(0.975, 4).
  const lead = { low: expect.closeTo(-2.2545004044, 9), high: expect.closeTo(4.8545004044, 9) };
  expect(leadOf('reward', 'max', one, other)).toEqual({ ...lead, isPaired: false });
  expect(leadOf('reward', 'min', other, one)).toEqual({ ...lead, isPaired: false });
});

test('of whom nothing is on record is taken to scatter like the other, and without both nothing is told', () => {
  const [known, unknown] = [measured(10, { episode_rewards: best }), measured(8.7)];
  const same = measured(8.7, { episode_rewards: best.map((value) => value - 1.3) });
  const lead = leadOf('reward', 'max', known, same);
  expect(leadOf('reward', 'max', known, unknown)).toEqual({
    low: expect.closeTo(lead?.low ?? 0, 9),
    high: expect.closeTo(lead?.high ?? 0, 9),
    isPaired: false,
  });
  expect(leadOf('reward', 'min', unknown, known)).toEqual(leadOf('reward', 'max', known, unknown));
  expect(leadOf('reward', 'max', unknown, unknown)).toBeNull();
});

test('one benchmark of the same seeds: the difference is told seed by seed', () => {
  const values = [1, 3, -0.5, 2, -0.4];
  const other = values.map((value, seed) => value - 0.1 + 0.001 * seed);
  const lead = leadOf('bench_pnl', 'max', benched(values), benched(other));
  // scipy.stats.ttest_rel(values, other).confidence_interval(0.95)
  expect(lead).toEqual({
    low: expect.closeTo(0.0960367568, 9),
    high: expect.closeTo(0.0999632432, 9),
    isPaired: true,
  });
});

test.each([
  ['another state of the evaluator', { evaluator_hash: 'cd' }],
  ['another number of episodes', { episodes: 5 }],
  ['other seeds', { seeds: [7, 8, 9] }],
  ['not all the seeds', { seeds: [0, 1], values: [0.5, 2.5] }],
  ['a list that is no list of numbers', { values: [0, 'x', 3] }],
  ['values that are not those of the metric', { values: [0, 1, 3] }],
])('%s makes no pairs', (_, of) => {
  const lead = leadOf('bench_pnl', 'max', benched([1, 3, 2]), {
    ...benched([0.5, 2.5, 1.5], of),
    value: 1.5,
  });
  expect(lead?.isPaired).toBe(false);
});

test('an evaluator that passes its seeds over makes no certainty', () => {
  expect(leadOf('bench_pnl', 'max', benched([3, 3, 3]), benched([2, 2, 2]))).toBeNull();
});

test('what is within noise by the scatter of the next is told, and what is sure seed by seed is not', () => {
  const warn = (one: Measurement, next: Measurement, name: string = reward.name) => {
    const metric = { ...reward, name };
    return judge(versionsOf([one.value, next.value]), { metric, sidecar: one.sidecar, ofNext: next.sidecar })
      .warnings;
  };
  expect(
    warn(measured(10, { episode_rewards: best }), measured(8.7, { episode_rewards: scattered })),
  ).toEqual([
    'The best is within noise: how far it is truly ahead of the next is from -2.255 to 4.855. Take both for equally good, or measure them longer.',
  ]);
  const [one, other, close] = [benched([1, 3, 2]), benched([0.5, 2.4, 1.5]), benched([0.9, 3.5, 1.3])];
  expect(warn(one, other, 'bench_pnl')).toEqual([]);
  expect(warn(one, close, 'bench_pnl')).toEqual([
    expect.stringMatching(
      /^The best is within noise: how far it is truly ahead of the next, seed by seed, is from -/,
    ),
  ]);
});
