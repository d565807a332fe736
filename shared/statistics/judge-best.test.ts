import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BestJudgement } from '../model/best-judgement.ts';
import type { IntegrityState } from '../model/integrity.ts';
import type { Direction } from '../model/metric.ts';
import { noReturnFacts } from '../model/run-choices.ts';
import type { Judged } from './count-candidates.ts';
import { type Given, judge, known, reward, versionsOf } from './judge-best.fixture.ts';
import { deflatedSharpe } from './sharpe-ratio.ts';

describe('whom the best was chosen among', () => {
  test('candidates, those passed over by reason, the next and the margin are counted', () => {
    const states: Partial<Judged>[] = [{}, {}, { state: 'torn' }, { state: 'mismatch' }, { state: 'torn' }];
    const judgement = judge(versionsOf([1, 2.5, 9, 8, 7, Number.NaN, null, Infinity, 2], states));
    expect(judgement).toMatchObject({ best: 'v2', value: 2.5, candidates: 3, margin: 0.5 });
    expect(judgement.next).toEqual({ id: 'v9', value: 2 });
    expect(judgement.passed_over).toEqual([
      { why: 'torn', versions: 2 },
      { why: 'mismatch', versions: 1 },
      { why: 'without a finite value', versions: 2 },
      { why: 'no value', versions: 1 },
    ]);
  });

  test('the margin is in the direction of the metric, and never negative', () => {
    const metric = { name: 'loss', mode: 'min', source: 'config' } as const;
    expect(judge(versionsOf([0.5, 0.2, 0.3]), { metric })).toMatchObject({
      best: 'v2',
      next: { id: 'v3', value: 0.3 },
      margin: expect.closeTo(0.1, 12),
    });
  });

  test('one state of the model that was saved twice is no rival of itself', () => {
    const same = [{ step: 7 }, { step: 7, kind: 'checkpoint' }, { step: 1 }] as const;
    expect(judge(versionsOf([3, 3, 1], [...same]))).toMatchObject({ candidates: 2, next: { id: 'v3' } });
    const episode = [{ episode: 7 }, { episode: 7, step: null }];
    expect(judge(versionsOf([3, 3, 1], episode))).toMatchObject({ candidates: 2, next: { id: 'v3' } });
    const bytes = [{ checksum: 'ab' }, { checksum: 'ab' }];
    expect(judge(versionsOf([3, 3, 1], bytes))).toMatchObject({
      candidates: 2,
      next: { id: 'v3' },
      passed_over: [{ why: 'saved twice', versions: 1 }],
    });
  });

  test('what is saved twice is counted whatever the order of the versions', () => {
    const [a, b, c, best] = versionsOf(
      [1, 1, 1, 9],
      [{ checksum: 'x', step: 1 }, { checksum: 'y', step: 1 }, { checksum: 'y', step: 2 }, {}],
    );
    if (!(a && b && c && best)) throw new Error('there are four');
    for (const order of [
      [a, b, c],
      [a, c, b],
      [b, a, c],
      [b, c, a],
      [c, a, b],
      [c, b, a],
    ])
      expect(judge([best, ...order]).candidates).toBe(2);
    // Of one file with two values the better one counts.
    const other = { ...b, id: 'other', step: 9, value: 3 };
    for (const order of [
      [c, other],
      [other, c],
    ])
      expect(judge([best, ...order])).toMatchObject({ candidates: 2, next: { id: 'other', value: 3 } });
  });

  test('candidates and those passed over are all the versions there are', () => {
    const values = fc.array(fc.constantFrom(1, 2, 3, null, Number.NaN, Infinity), { maxLength: 12 });
    const states = fc.array(
      fc.record(
        {
          state: fc.constantFrom('verified', 'unsealed', 'torn', 'missing'),
          step: fc.constantFrom(1, 2),
          checksum: fc.constantFrom('ab', 'cd', null),
        },
        { requiredKeys: [] },
      ),
      { minLength: 12, maxLength: 12 },
    );
    fc.assert(
      fc.property(values, states, (of, said) => {
        const { candidates, passed_over: passedOver } = judge(versionsOf(of, said as Partial<Judged>[]));
        const passed = passedOver.reduce((sum, { versions }) => sum + versions, 0);
        expect(candidates + passed).toBe(of.length);
      }),
    );
  });

  test('without a best, or without another, nothing is made up', () => {
    expect(judge([])).toMatchObject({ best: null, value: null, candidates: 0, next: null, margin: null });
    expect(judge(versionsOf([1]))).toMatchObject({ best: 'v1', candidates: 1, next: null, margin: null });
    expect(judge(versionsOf([Number.NaN])).warnings).toEqual([]);
  });

  test('the newest is told where it is broken, and only then', () => {
    expect(judge(versionsOf([1, 2, 3], [{}, {}, { state: 'torn' }])).resumes).toBe('v3');
    for (const state of ['verified', 'missing', 'writing'] satisfies IntegrityState[])
      expect(judge(versionsOf([1, 2, 3], [{}, {}, { state }])).resumes).toBeNull();
  });
});

describe('what is not known is said, and never made up', () => {
  test('a Sharpe ratio needs what files do not say', () => {
    const judgement = judge(versionsOf([2.5, 1]), { returns: { ...known, skewness: null, periods: null } });
    expect(judgement.missing).toEqual(['periods', 'skewness']);
    expect([judgement.probabilistic_sharpe, judgement.deflated_sharpe]).toEqual(
      Array(2).fill({
        value: null,
        why: 'needs the number of returns, their skewness',
      }),
    );
    expect(judgement.luck).toBeNull();
  });

  test('a kurtosis that no distribution has is refused', () => {
    const returns = { ...known, skewness: 2, kurtosis: 4.9 };
    const { deflated_sharpe: deflated } = judge(versionsOf([2.5, 1]), { returns });
    expect(deflated).toEqual({
      value: null,
      why: 'no returns have such a kurtosis: it is at least 1 + skewness², here 5.000',
    });
  });

  test('another metric has no Sharpe figures', () => {
    const judgement = judge(versionsOf([2, 1]), { metric: reward, returns: known });
    expect([judgement.probabilistic_sharpe, judgement.deflated_sharpe, judgement.trials]).toEqual([
      null,
      null,
      null,
    ]);
  });

  test('of a single candidate no variance is known, unless it was the only trial', () => {
    expect(judge(versionsOf([2]), { returns: { ...known, trials: 5 } }).deflated_sharpe?.why).toMatch(
      /fewer than two candidates/,
    );
    expect(judge(versionsOf([2]), { returns: known }).deflated_sharpe?.value).toBeGreaterThan(0.9);
  });
});

test('the deflated Sharpe ratio is that of the candidates, or of as many trials as a person says', () => {
  const values = [2.5, 1.5, 0.5, 1, 2];
  const perDay = values.map((value) => value / Math.sqrt(250));
  const mean = perDay.reduce((sum, value) => sum + value, 0) / 5;
  const variance = perDay.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 4;
  const returns = { sharpe: perDay[0] ?? 0, periods: 1250, skewness: -3, kurtosis: 10 };
  for (const trials of [null, 100]) {
    const judgement = judge(versionsOf(values), { returns: { ...known, trials } });
    expect(judgement.trials).toBe(trials ?? 5);
    expect(judgement.deflated_sharpe?.value).toBeCloseTo(deflatedSharpe(returns, variance, trials ?? 5), 12);
  }
});

test('of survivors alone no deflated Sharpe ratio is made up', () => {
  const left = [1.9, 1.5, 1.4, 1.6, 1.3];
  const versions = versionsOf(
    left,
    left.map((_, index) => ({ number: 196 + index })),
  );
  const judgement = judge(versions, { returns: known });
  expect(judgement).toMatchObject({ trials: null, luck: null, missing: ['trials'] });
  expect(judgement.probabilistic_sharpe?.value).toBeGreaterThan(0.9);
  expect(judgement.deflated_sharpe).toEqual({
    value: null,
    why: 'needs the number of models tried, of which some are gone',
  });
  const said = judge(versions, { returns: { ...known, trials: 200 } });
  expect([said.trials, said.missing]).toEqual([200, []]);
  expect(said.deflated_sharpe?.value).toBeGreaterThan(0);
});

describe('a plain warning', () => {
  const warn = (values: (number | null)[], given: Given = {}) => judge(versionsOf(values), given).warnings;

  test('when the winner is within noise, and not when it is clear', () => {
    const sidecar = { evaluation_results: { std_reward: 1, episodes: 26 } };
    // scipy.stats.ttest_ind_from_stats(3, sd, 26, 2.7, sd, 26) with sd = √(26/25): both scatter alike.
    expect(warn([3, 2.7], { metric: reward, sidecar })).toEqual([
      'The best is within noise: how far it is truly ahead of the next is from -0.2681 to 0.8681. Take both for equally good, or measure them longer.',
    ]);
    expect(warn([3, 2.4], { metric: reward, sidecar })).toEqual([]);
    const least = { ...reward, mode: 'min' } as const;
    expect(warn([3, 3.3], { metric: least, sidecar })).toHaveLength(2);
    expect(warn([3, 3.6], { metric: least, sidecar })).toHaveLength(1);
  });

  test('when two have the very same value', () => {
    expect(warn([3, 3], { metric: reward })).toEqual([
      'Another version has the very same value: nothing tells which of them is better.',
    ]);
  });

  test('when as good a Sharpe ratio is to be expected of luck, or it was measured too briefly', () => {
    const returns = { ...known, trials: 100, periods: 100 };
    expect(warn([2.5, 1.5, 0.5], { returns })).toEqual([
      expect.stringMatching(/^The best is within noise/),
      'It may be luck: the best of 100 tries without any skill would have a Sharpe ratio of about 2.531.',
      'It was measured too briefly: 100 periods, and it takes 167 to be sure that its Sharpe ratio is above 0.',
    ]);
    expect(warn([-1, -2], { returns: known })).toContain('Its Sharpe ratio is not above 0.');
  });

  test('when the direction contradicts the name', () => {
    const metric = { name: 'val_loss', mode: 'max', source: 'chosen' } as const;
    expect(warn([1, 2], { metric })).toEqual([
      'A loss is better when it is smaller. It is ranked here with the largest as best.',
    ]);
    expect(warn([null], { metric })).toHaveLength(1);
  });

  test('when versions were pruned that were tried, until a person says how many', () => {
    const versions = versionsOf([1, 2, 3], [{}, {}, { number: 120 }]);
    expect(judge(versions, { metric: reward }).warnings).toEqual([
      'It was chosen among more than 3: version numbers go up to 120, and 3 are left.',
    ]);
    const returns = { ...noReturnFacts, trials: 120 };
    expect(judge(versions, { metric: reward, returns }).warnings).toEqual([]);
  });
});

/** A figure is a chance, or says why there is none. */
function expectFigures({ probabilistic_sharpe, deflated_sharpe }: BestJudgement): void {
  for (const figure of [probabilistic_sharpe, deflated_sharpe]) {
    if (!figure) continue;
    const chance = figure.value ?? 0;
    expect(figure.value === null).toBe(figure.why !== null);
    expect(chance >= 0 && chance <= 1).toBe(true);
  }
}

test('whatever the versions and whatever is said of them, the figures are numbers and the sums are right', () => {
  const value = fc.oneof(
    fc.constantFrom(null, Number.NaN, Infinity, 0),
    fc.double({ min: -9, max: 9, noNaN: true }),
  );
  const state = fc.constantFrom<IntegrityState>('verified', 'unsealed', 'torn', 'missing', 'writing');
  const version = fc.record({ value, state, step: fc.option(fc.nat(5)) });
  const facts = fc.record({
    periods: fc.option(fc.integer({ min: 2, max: 1e6 })),
    annualised_by: fc.option(fc.constantFrom(1, 12, 252)),
    skewness: fc.option(fc.double({ min: -5, max: 5, noNaN: true })),
    kurtosis: fc.option(fc.double({ min: 1, max: 50, noNaN: true })),
    trials: fc.option(fc.integer({ min: 1, max: 1e9 })),
  });
  fc.assert(
    fc.property(
      fc.array(version, { maxLength: 12 }),
      facts,
      fc.constantFrom<Direction>('max', 'min'),
      (rows, returns, mode) => {
        const versions = versionsOf(
          rows.map((row) => row.value),
          rows,
        );
        const metric = { name: 'sharpe', mode, source: 'config' } as const;
        const judgement = judge(versions, { metric, returns });
        const passed = judgement.passed_over.reduce((sum, each) => sum + each.versions, 0);
        expect(judgement.candidates + passed).toBeLessThanOrEqual(versions.length);
        expect(judgement.candidates === 0).toBe(judgement.best === null);
        expectFigures(judgement);
        if (judgement.interval) expect(judgement.interval.low).toBeLessThanOrEqual(judgement.interval.high);
        if (judgement.margin !== null) expect(judgement.margin).toBeGreaterThanOrEqual(0);
      },
    ),
    { seed: 1, numRuns: 500 },
  );
});
