import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pickBest, pickEvery, pickLatest } from './pick-versions.ts';
import { type Ranked, rankBest, rankLatest } from './rank-versions.ts';

interface Stepped extends Ranked {
  step: number | null;
}

const settings = { seed: 1, numRuns: 400 };
const anyVersions = fc.uniqueArray(
  fc.record<Stepped>({
    id: fc.string({ minLength: 1, maxLength: 3 }),
    kind: fc.constantFrom('best', 'checkpoint'),
    number: fc.option(fc.nat(4), { nil: null }),
    value: fc.constantFrom(null, Number.NaN, Infinity, -Infinity, -1, -0, 0, 0.5, 1e300, -1e300),
    state: fc.constant('verified'),
    time: fc.option(
      fc.record({ milliseconds: fc.nat(3), zoned: fc.integer({ min: 0, max: 5 }).map((n) => n === 0) }),
      { nil: null },
    ),
    modifiedAt: fc.nat(3),
    step: fc.constantFrom(null, Number.NaN, Infinity, -Infinity, -1, -0, 0, 1, 2, 3, 9, 10, 25, 1e300),
  }),
  { selector: ({ id }) => id, maxLength: 14 },
);

test('the best and the latest are exactly the first of the full ranking, however many are asked for', () => {
  fc.assert(
    fc.property(
      anyVersions,
      fc.nat(16),
      fc.constantFrom<'max' | 'min'>('max', 'min'),
      (versions, count, mode) => {
        expect(pickBest(versions, mode, count)).toEqual(rankBest(versions, mode).slice(0, count));
        expect(pickLatest(versions, count)).toEqual(rankLatest(versions).slice(0, count));
      },
    ),
    settings,
  );
});

describe('one in every K steps', () => {
  const at = (id: string, step: number | null, milliseconds = 0): Stepped => ({
    ...{ id, kind: 'checkpoint', number: null, value: null, state: 'verified', modifiedAt: 0, step },
    time: { milliseconds, zoned: false },
  });
  const idsOf = (versions: readonly Ranked[]) => versions.map(({ id }) => id);

  test('is the oldest of those with the same step', () => {
    expect(idsOf(pickEvery([at('b', 4, 2), at('a', 4, 1), at('c', 4, 3), at('d', 5, 0)], 10))).toEqual(['a']);
  });

  test.each([null, -1, Number.NaN, Infinity, -Infinity])('is never a version at step %s', (step) => {
    expect(idsOf(pickEvery([at('a', step), at('b', 3)], 5))).toEqual(['b']);
  });

  test('is the one with the lowest step of each K, for every K that has one', () => {
    const anyLength = fc.constantFrom(0.5, 1, 3, 10);
    fc.assert(
      fc.property(anyVersions, anyLength, (versions, length) => {
        const steps = versions
          .map(({ step }) => step ?? -1)
          .filter((step) => Number.isFinite(step) && step >= 0);
        const bucketOf = (step: number | null) => Math.floor((step ?? -1) / length) + 0;
        const lowest = new Map(steps.sort((a, b) => b - a).map((step) => [bucketOf(step), step + 0]));
        const picked = pickEvery(versions, length);
        expect(picked).toHaveLength(lowest.size);
        for (const { step } of picked) expect((step ?? -1) + 0).toBe(lowest.get(bucketOf(step)));
      }),
      settings,
    );
  });
});
