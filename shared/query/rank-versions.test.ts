import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { integrityStates, isIntactSoFar } from '../model/integrity.ts';
import { momentOf } from './local-clock.ts';
import {
  clocksMeet,
  findBadges,
  findOutnumbering,
  type Ranked,
  rankBest,
  rankLatest,
} from './rank-versions.ts';

const direction = fc.constantFrom<'max' | 'min'>('max', 'min');
const anyValue = fc.constantFrom(null, Number.NaN, Infinity, -Infinity, -1, -0, 0, 0.5, 0.9, 1e300, -1e300);
const anyTime = fc.option(fc.record({ milliseconds: fc.integer({ min: 0, max: 3 }), zoned: fc.boolean() }), {
  nil: null,
});
/** Few different values, so that ties are common; ids are unique, as on a disk. */
const anyVersions = fc.uniqueArray(
  fc.record<Ranked>({
    id: fc.string({ minLength: 1, maxLength: 3 }),
    kind: fc.constantFrom('best', 'checkpoint'),
    number: fc.option(fc.integer({ min: 0, max: 4 }), { nil: null }),
    step: fc.option(fc.oneof(fc.integer({ min: 0, max: 4 }), fc.constantFrom(Number.NaN, Infinity)), {
      nil: null,
    }),
    value: anyValue,
    state: fc.constantFrom(...integrityStates),
    time: anyTime,
    modifiedAt: fc.integer({ min: 0, max: 3 }),
  }),
  { selector: ({ id }) => id, maxLength: 12 },
);
const settings = { seed: 3, numRuns: 400 };

const version = (id: string, rest: Partial<Ranked> = {}): Ranked => ({
  id,
  kind: 'best',
  number: null,
  step: null,
  value: 0.5,
  state: 'verified',
  time: null,
  modifiedAt: 0,
  ...rest,
});
const idsOf = (versions: readonly Ranked[]) => versions.map(({ id }) => id);
const at = (milliseconds: number, zoned = false) => ({ milliseconds, zoned });
const clockAhead = (ahead: number) => ({ toMoment: (wall: number) => wall - ahead });

describe('the best version', () => {
  test('has the highest value, or the lowest where the run says so', () => {
    const versions = [version('low', { value: -2 }), version('high', { value: 3 }), version('mid')];
    expect(idsOf(rankBest(versions, 'max'))).toEqual(['high', 'mid', 'low']);
    expect(idsOf(rankBest(versions, 'min'))).toEqual(['low', 'mid', 'high']);
  });

  test('is never one whose metric is NaN, infinite or missing, in either direction', () => {
    fc.assert(
      fc.property(anyVersions, direction, (versions, mode) => {
        const ranked = rankBest(versions, mode);
        expect(ranked.every(({ value }) => Number.isFinite(value))).toBe(true);
        expect(ranked.length).toBe(versions.filter(({ value }) => Number.isFinite(value)).length);
      }),
      settings,
    );
  });

  test('is in no way worse than any other', () => {
    fc.assert(
      fc.property(anyVersions, direction, (versions, mode) => {
        const values = rankBest(versions, mode).map(({ value }) => value ?? 0);
        expect(values).toEqual([...values].sort((a, b) => (mode === 'max' ? b - a : a - b)));
      }),
      settings,
    );
  });

  test('is, on a tie, a best model before a checkpoint, then the earlier one', () => {
    const versions = [
      version('checkpoint', { kind: 'checkpoint', number: 1, time: at(1) }),
      version('late', { number: 2, time: at(3) }),
      version('early', { number: 3, time: at(2) }),
    ];
    expect(idsOf(rankBest(versions, 'max'))).toEqual(['early', 'late', 'checkpoint']);
    expect(idsOf(rankBest(versions, 'min'))).toEqual(['early', 'late', 'checkpoint']);
  });
});

describe('the latest version', () => {
  test('is told by its timestamp, then its number, then the file’s time, and last by its name', () => {
    const versions = [
      version('a', { time: at(5), number: 1 }),
      version('b', { time: at(4), number: 9, modifiedAt: 9 }),
      version('c', { time: at(4), number: 8, modifiedAt: 9 }),
      version('d', { number: 7, modifiedAt: 1 }),
      version('e10', { modifiedAt: 2 }),
      version('e9', { modifiedAt: 2 }),
    ];
    expect(idsOf(rankLatest(versions))).toEqual(['a', 'b', 'c', 'd', 'e10', 'e9']);
  });

  test('is told by its step where that is all that files tell, and each tells one: what was copied has the time of that', () => {
    const [late, early] = [
      version('late', { step: 9, modifiedAt: 1 }),
      version('early', { step: 3, modifiedAt: 2 }),
    ];
    expect(idsOf(rankLatest([early, late]))).toEqual(['late', 'early']);
    expect(findBadges([early, late], 'max').latest).toBe('late');
    const odd = version('odd', { step: Number.NaN, modifiedAt: 3 });
    for (const all of [
      [late, early, odd],
      [odd, early, late],
      [early, odd, late],
    ])
      expect(idsOf(rankLatest(all))).toEqual(['odd', 'early', 'late']);
    const silent = version('silent', { modifiedAt: 3 });
    expect(idsOf(rankLatest([early, late, silent]))).toEqual(['silent', 'early', 'late']);
    const numbered = version('numbered', { number: 1, step: 1 });
    expect(idsOf(rankLatest([early, numbered, late]))).toEqual(['numbered', 'late', 'early']);
  });

  test('is told by time also where times with and without a zone meet, read off the clock of this machine', () => {
    const hour = 3_600_000;
    const versions = [
      version('a', { time: at(12 * hour, true), number: 1 }),
      version('b', { time: at(13 * hour), number: 2 }),
    ];
    expect(idsOf(rankLatest(versions, clockAhead(0)))).toEqual(['b', 'a']);
    expect(idsOf(rankLatest(versions, clockAhead(2 * hour)))).toEqual(['a', 'b']);
    expect(idsOf(rankLatest(versions, clockAhead(hour)))).toEqual(['b', 'a']);
  });

  test('is the same when every time without a zone is written with that of the clock', () => {
    const anyClock = fc.integer({ min: -2, max: 2 }).map(clockAhead);
    fc.assert(
      fc.property(anyVersions, anyClock, direction, (versions, clock, mode) => {
        fc.pre(clocksMeet(versions));
        const absolute = versions.map((each) => ({
          ...each,
          time: each.time && at(momentOf(each.time, clock), true),
        }));
        expect(idsOf(rankLatest(versions, clock))).toEqual(idsOf(rankLatest(absolute, clock)));
        const pair = versions.filter(({ value }) => Number.isFinite(value));
        if (clocksMeet(pair))
          expect(idsOf(rankBest(versions, mode, clock))).toEqual(idsOf(rankBest(absolute, mode, clock)));
      }),
      settings,
    );
  });

  test('does not depend on the clock where all times are of one sort', () => {
    fc.assert(
      fc.property(anyVersions, fc.boolean(), (versions, zoned) => {
        const alike = versions.map((each) => ({ ...each, time: each.time && { ...each.time, zoned } }));
        const refuses = { toMoment: () => Number.NaN };
        expect(rankLatest(alike, refuses)).toEqual(rankLatest(alike));
      }),
      settings,
    );
  });
});

describe('a version that is outnumbered in time', () => {
  const latest = version('v2', { time: at(5), number: 2 });

  test('is told where its number is higher than that of the latest, of its kind', () => {
    const back = version('v3', { time: at(3), number: 3 });
    const others = [
      version('v1', { time: at(1), number: 1 }),
      version('c9', { kind: 'checkpoint', number: 9, time: at(1) }),
    ];
    expect(findOutnumbering([latest, back, ...others], 'v2')).toBe('v3');
    expect(findOutnumbering([latest, ...others], 'v2')).toBeNull();
  });

  test('is the newest of those that have the highest number', () => {
    const twice = [version('a', { time: at(3), number: 3 }), version('b', { time: at(4), number: 3 })];
    expect(findOutnumbering([latest, ...twice], 'v2')).toBe('b');
  });

  test('is none where the latest has no number, or there is no latest', () => {
    const bare = version('bare', { time: at(6) });
    expect(findOutnumbering([latest, bare], 'bare')).toBeNull();
    expect(findOutnumbering([], null)).toBeNull();
  });
});

test('orders do not depend on the order in which the files were found', () => {
  const shuffled = anyVersions.chain((versions) =>
    fc.tuple(fc.constant(versions), fc.shuffledSubarray(versions, { minLength: versions.length })),
  );
  fc.assert(
    fc.property(shuffled, direction, ([versions, others], mode) => {
      expect(idsOf(rankLatest(others))).toEqual(idsOf(rankLatest(versions)));
      expect(idsOf(rankBest(others, mode))).toEqual(idsOf(rankBest(versions, mode)));
      expect(findBadges(others, mode)).toEqual(findBadges(versions, mode));
    }),
    settings,
  );
});

describe('a badge', () => {
  test('is worn by the first of the ranking against which nothing speaks', () => {
    fc.assert(
      fc.property(anyVersions, direction, (versions, mode) => {
        const intact = versions.filter(({ state }) => isIntactSoFar(state));
        const [best = null] = idsOf(rankBest(intact, mode));
        const [latest = null] = idsOf(rankLatest(intact));
        expect(findBadges(versions, mode)).toEqual({ best, latest });
      }),
      settings,
    );
  });

  test.each(['mismatch', 'torn', 'missing', 'writing', 'unreadable'] as const)(
    'is never worn by a %s version, however good and new',
    (state) => {
      const shiny = version('shiny', { state, value: 99, time: at(99), number: 99, modifiedAt: 99 });
      const plain = version('plain', { state: 'unsealed', value: 1 });
      expect(findBadges([shiny, plain], 'max')).toEqual({ best: 'plain', latest: 'plain' });
      expect(findBadges([shiny], 'max')).toEqual({ best: null, latest: null });
    },
  );

  test('of an empty run is worn by nobody', () => {
    expect(findBadges([], 'max')).toEqual({ best: null, latest: null });
  });
});
