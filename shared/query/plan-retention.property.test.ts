import fc from 'fast-check';
import { expect, test } from 'vitest';
import { integrityStates, isIntactSoFar } from '../model/integrity.ts';
import type { Direction } from '../model/metric.ts';
import {
  planRetention,
  type RetentionCandidate,
  type RetentionPlan,
  type RetentionRules,
} from './plan-retention.ts';
import {
  findBadges,
  findNewestBesideSteps,
  findOutnumbering,
  rankBest,
  rankLatest,
} from './rank-versions.ts';

const settings = { seed: 1, numRuns: 400 };
const anyRule = fc.option(fc.integer({ min: 0, max: 5 }), { nil: null });
const anyRules = fc.record<RetentionRules>({
  keepBest: anyRule,
  keepLatest: anyRule,
  keepEvery: fc.constantFrom(null, 0.5, 1, 3, 10),
  kinds: fc.constantFrom('best', 'all'),
});
const anyMode = fc.constantFrom<Direction>('max', 'min');
const anyNumber = fc.option(fc.integer({ min: 0, max: 4 }), { nil: null });

/** Few different values, so that ties are common; ids are unique, as on a disk. */
const versionsWith = (zoned: fc.Arbitrary<boolean>) =>
  fc.uniqueArray(
    fc.record<RetentionCandidate>({
      id: fc.string({ minLength: 1, maxLength: 3 }),
      kind: fc.constantFrom('best', 'checkpoint'),
      number: anyNumber,
      value: fc.constantFrom(null, Number.NaN, Infinity, -Infinity, -1, -0, 0, 0.5, 0.9, 1e300, -1e300),
      state: fc.constantFrom(...integrityStates, 'verified', 'verified', 'unverified'),
      time: fc.option(fc.record({ milliseconds: fc.nat(3), zoned }), { nil: null }),
      modifiedAt: fc.nat(3),
      pinned: rarely(),
      step: fc.constantFrom(null, Number.NaN, Infinity, -1, -0, 0, 1, 2, 3, 9, 10, 25, 1e300),
      linked: rarely(),
      wanted: rarely().map((is) => (is ? ['training resumes from it'] : [])),
      immovable: rarely().map((is) => (is ? 'it is a link' : null)),
      doubt: rarely().map((is) => (is ? 'its sidecar changed' : null)),
      bytes: fc.constantFrom(null, null, 'a', 'b', 'c'),
      measurement: fc.constantFrom(null, null, null, 'x', 'y'),
      recognised: fc.constantFrom(null, null, true, true, false),
      companions: rarely().map((is) => (is ? ['vecnormalize'] : [])),
    }),
    { selector: ({ id }) => id, maxLength: 14 },
  );
const anyVersions = versionsWith(fc.boolean());
/**
 * Times with and without a zone cannot be compared: once one sort is pruned away, the others are ordered anew. What stays was read: whether it is a
 * checkpoint is known.
 */
const versionsOfOneClock = versionsWith(fc.constant(false)).map((versions) =>
  versions.map((each) => ({ ...each, recognised: each.recognised ?? true })),
);

function rarely(): fc.Arbitrary<boolean> {
  return fc.integer({ min: 0, max: 7 }).map((number) => number === 0);
}

function promise(
  versions: fc.Arbitrary<RetentionCandidate[]>,
  check: (versions: RetentionCandidate[], rules: RetentionRules, mode: Direction) => void,
): void {
  fc.assert(fc.property(versions, anyRules, anyMode, check), settings);
}

const plan = (versions: readonly RetentionCandidate[], rules: RetentionRules, mode: Direction) =>
  planRetention(versions, rules, { name: 'm', mode });
/** Those that may fill places: among recognised ones none that is not. */
function intactOf(versions: readonly RetentionCandidate[]): RetentionCandidate[] {
  const sound = versions.filter(({ state, doubt }) => isIntactSoFar(state) && doubt === null);
  const areKnown = sound.some(({ recognised }) => recognised);
  return sound.filter(({ recognised }) => !areKnown || recognised !== false);
}

type Key = 'bytes' | 'measurement';

/** Those of a ranking that share something with one before them. */
function copiesIn(ranked: readonly RetentionCandidate[], keys: readonly Key[]) {
  const isCopy = (each: RetentionCandidate, index: number) =>
    keys.some((key) => each[key] !== null && ranked.findIndex((other) => other[key] === each[key]) < index);
  return ranked.filter(isCopy);
}

/** Those of a ranking that fill so many places: of those that share something the first; where only best models go, others fill what is left. */
function placed(
  ranked: readonly RetentionCandidate[],
  count: number,
  { kinds }: RetentionRules,
  keys: readonly Key[],
) {
  const copies = copiesIn(ranked, keys);
  const own = ranked.filter((each) => !copies.includes(each)).slice(0, count);
  const filling = [...own, ...(kinds === 'best' ? copies.slice(0, count - own.length) : [])];
  return ranked.filter((each) => filling.includes(each));
}

function keptIds({ decisions }: RetentionPlan): Set<string> {
  return new Set(decisions.filter(({ keep }) => keep).map(({ id }) => id));
}

/** The ids that have a reason like this. */
function keptBy({ decisions }: RetentionPlan, rule: RegExp): string[] {
  return decisions.filter(({ reasons }) => reasons.some((reason) => rule.test(reason))).map(({ id }) => id);
}

function survivorsOf(versions: readonly RetentionCandidate[], plan: RetentionPlan): RetentionCandidate[] {
  const kept = keptIds(plan);
  return versions.filter(({ id }) => kept.has(id));
}

test('The last good one stays: what goes is never pinned, linked, immovable, in doubt, being written, the newest intact or the best intact version', () => {
  promise(anyVersions, (versions, rules, mode) => {
    const kept = keptIds(plan(versions, rules, mode));
    const intact = intactOf(versions);
    const { best, latest } = findBadges(intact, mode);
    const written = findNewestBesideSteps(intact);
    for (const { id, pinned, linked, wanted, immovable, doubt, state } of versions.filter(
      (each) => !kept.has(each.id),
    )) {
      expect({ pinned, linked, wanted, immovable, doubt, writing: state === 'writing' }).toEqual({
        pinned: false,
        linked: false,
        wanted: [],
        immovable: null,
        doubt: null,
        writing: false,
      });
      expect([best, latest, written, findOutnumbering(intact, latest)]).not.toContain(id);
    }
  });
});

test('what goes is there and can be read, and no checkpoint where only best models may go', () => {
  promise(anyVersions, (versions, rules, mode) => {
    const kept = keptIds(plan(versions, rules, mode));
    for (const { kind, state } of versions.filter(({ id }) => !kept.has(id))) {
      expect(['missing', 'unreadable']).not.toContain(state);
      if (rules.kinds === 'best') expect(kind).toBe('best');
    }
  });
});

test('The last good one stays: an intact version survives if there was one', () => {
  promise(anyVersions, (versions, rules, mode) => {
    const survivors = survivorsOf(versions, plan(versions, rules, mode));
    expect(intactOf(survivors).length > 0).toBe(intactOf(versions).length > 0);
  });
});

test('The last good one stays: of a run that had files that can be read, one survives, intact or not', () => {
  promise(anyVersions, (versions, rules, mode) => {
    expect(survivorsOf(versions, plan(versions, rules, mode)).length > 0).toBe(versions.length > 0);
  });
});

test('every place of the best and of the latest is filled while there are intact versions to fill it', () => {
  promise(anyVersions, (versions, rules, mode) => {
    const made = plan(versions, rules, mode);
    const competing = intactOf(versions).filter(({ kind }) => rules.kinds === 'all' || kind === 'best');
    const finite = competing.filter(({ value }) => Number.isFinite(value));
    const distinct = (ranked: RetentionCandidate[], keys: readonly Key[]) =>
      ranked.length - (rules.kinds === 'best' ? 0 : copiesIn(ranked, keys).length);
    const best = distinct(rankBest(finite, mode), ['bytes', 'measurement']);
    expect(keptBy(made, /^best #/)).toHaveLength(Math.min(rules.keepBest ?? 0, best));
    const latest = distinct(rankLatest(competing), ['bytes']);
    expect(keptBy(made, /^latest/)).toHaveLength(Math.min(rules.keepLatest ?? 0, latest));
  });
});

test('the places are numbered as the rankings of the versions that take part are', () => {
  promise(anyVersions, (versions, rules, mode) => {
    const { decisions } = plan(versions, rules, mode);
    const competing = intactOf(versions).filter(({ kind }) => rules.kinds === 'all' || kind === 'best');
    const idOf = (reason: string) => decisions.find(({ reasons }) => reasons.includes(reason))?.id;
    const best = placed(rankBest(competing, mode), rules.keepBest ?? 0, rules, ['bytes', 'measurement']);
    const latest = placed(rankLatest(competing), rules.keepLatest ?? 0, rules, ['bytes']);
    for (let index = 0; index < competing.length; index += 1) {
      expect(idOf(`best #${index + 1} by m`)).toBe(best[index]?.id);
      expect(idOf(index === 0 ? 'latest' : `latest #${index + 1}`)).toBe(latest[index]?.id);
    }
  });
});

test('The last good one stays: what goes as a copy leaves an intact version of the same bytes', () => {
  promise(anyVersions, (versions, rules, mode) => {
    const made = plan(versions, rules, mode);
    const kept = keptIds(made);
    const staying = intactOf(versions).filter(({ id }) => kept.has(id));
    for (const { id, reasons } of made.decisions) {
      const [original] = reasons.flatMap((reason) => /^same bytes as (.*)$/su.exec(reason)?.[1] ?? []);
      if (original === undefined) continue;
      const { bytes } = versions.find((each) => each.id === id)!;
      expect(staying.find((each) => each.id === original)?.bytes).toBe(bytes);
      expect(bytes).not.toBeNull();
    }
  });
});

test('every version has one decision, in the order given, with at least one reason', () => {
  promise(anyVersions, (versions, rules, mode) => {
    const { decisions } = plan(versions, rules, mode);
    expect(decisions.map(({ id }) => id)).toEqual(versions.map(({ id }) => id));
    expect(decisions.every(({ reasons }) => reasons.length > 0)).toBe(true);
    expect(decisions.every(({ reasons }) => new Set(reasons).size === reasons.length)).toBe(true);
  });
});

test('what is refused is kept, in the same words', () => {
  promise(anyVersions, (versions, rules, mode) => {
    const { decisions, refused } = plan(versions, rules, mode);
    for (const refusedId of new Set(refused.map(({ id }) => id))) {
      const words = refused.filter(({ id }) => id === refusedId).map(({ why }) => why);
      expect(decisions).toContainEqual({ id: refusedId, keep: true, reasons: words });
    }
  });
});

test('without a rule nothing goes', () => {
  promise(anyVersions, (versions, { kinds }, mode) => {
    const rules = { keepBest: null, keepLatest: null, keepEvery: null, kinds };
    expect(keptIds(plan(versions, rules, mode)).size).toBe(versions.length);
  });
});

test('a plan does not depend on the order in which the files were found', () => {
  const shuffled = anyVersions.chain((versions) =>
    fc.tuple(fc.constant(versions), fc.shuffledSubarray(versions, { minLength: versions.length })),
  );
  fc.assert(
    fc.property(shuffled, anyRules, anyMode, ([versions, others], rules, mode) => {
      const byId = ({ decisions }: RetentionPlan) => new Map(decisions.map((each) => [each.id, each]));
      expect(byId(plan(others, rules, mode))).toEqual(byId(plan(versions, rules, mode)));
    }),
    settings,
  );
});

test('planning again over what survived removes nothing more', () => {
  promise(versionsOfOneClock, (versions, rules, mode) => {
    const once = plan(versions, rules, mode);
    const survivors = survivorsOf(versions, once);
    const twice = plan(survivors, rules, mode);
    expect(keptIds(twice)).toEqual(keptIds(once));
    expect(keptBy(twice, /^(best #|latest|every )/)).toEqual(keptBy(once, /^(best #|latest|every )/));
  });
});

test('the other direction over negated values is the same plan', () => {
  promise(anyVersions, (versions, rules, mode) => {
    const negated = versions.map((each) => ({ ...each, value: each.value === null ? null : -each.value }));
    const other = mode === 'max' ? 'min' : 'max';
    expect(plan(negated, rules, other)).toEqual(plan(versions, rules, mode));
  });
});
