import type { WorkspaceRun } from '../../shared/model/workspace.ts';
import { visibleText } from '../format/visible-text.ts';

/** A run with what a list of many calls it. */
export interface LabelledRun extends WorkspaceRun {
  label: string;
  /** What stands beside that; null for nothing. */
  aside: string | null;
  /** As main told it. */
  told: WorkspaceRun;
}

/**
 * Calls each run by what Hydra was asked for, where that is known and tells it from all others, else by where it is. What was asked for in all of them tells none from the
 * others, and is left out; what has one value wherever it was asked for comes last; of a key the last part is told, where that is the last
 * part of no other.
 * @param before what was labelled last: a run of which nothing was told since, and that is called the same, stays the same object
 */
export function labelRuns(
  runs: Iterable<WorkspaceRun>,
  before: ReadonlyMap<number, LabelledRun> = new Map(),
): Map<number, LabelledRun> {
  const all = [...runs];
  const shared = sharedOverrides(all);
  const shorten = keyShortener(all);
  const tells = keysThatTell(all);
  const asked = all.map((run) => askedOf(run, { shared, tells, shorten }));
  const counts = countEach(asked);
  return new Map(
    all.map((run, index) => {
      const words = asked[index] ?? '';
      const names = namesOf(words, placeOf(run.path), counts.get(words) === 1);
      const known = before.get(run.handle);
      const isSame = known?.told === run && known.label === names.label && known.aside === names.aside;
      return [run.handle, isSame ? known : { ...run, ...names, told: run }] as const;
    }),
  );
}

/** @param words that were asked for @param isOne whether no other run was asked for the same */
function namesOf(words: string, place: string, isOne: boolean): Pick<LabelledRun, 'label' | 'aside'> {
  if (words === '') return { label: place, aside: null };
  return isOne ? { label: words, aside: place } : { label: place, aside: words };
}

function countEach(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}

interface Naming {
  shared: ReadonlySet<string>;
  tells: ReadonlySet<string>;
  shorten: (override: string) => string;
}

/** What Hydra was asked for, in words; none where that is nothing. */
function askedOf({ overrides }: WorkspaceRun, { shared, tells, shorten }: Naming): string {
  const own = overrides.filter((override) => !shared.has(override));
  const rank = (override: string) => Number(!tells.has(keyOf(override)));
  const named = (own.length > 0 ? own : overrides).toSorted((a, b) => rank(a) - rank(b));
  return named.map((override) => visibleText(shorten(override))).join(', ');
}

function placeOf(path: string): string {
  return path === '.' ? 'This folder itself' : visibleText(path);
}

/** The overrides that all runs have that have any; none where that is one run. */
function sharedOverrides(runs: readonly WorkspaceRun[]): Set<string> {
  const asked = runs.filter(({ overrides }) => overrides.length > 0);
  const counts = countEach(asked.flatMap(({ overrides }) => [...new Set(overrides)]));
  const shared = [...counts].filter(([, count]) => count > 1 && count === asked.length);
  return new Set(shared.map(([override]) => override));
}

/** The keys that were asked for with more than one value. */
function keysThatTell(runs: readonly WorkspaceRun[]): Set<string> {
  const first = new Map<string, string>();
  const tell = new Set<string>();
  for (const override of runs.flatMap(({ overrides }) => overrides)) {
    const key = keyOf(override);
    if ((first.get(key) ?? override) !== override) tell.add(key);
    first.set(key, override);
  }
  return tell;
}

/** Tells overrides by the last part of their keys: `algo.lr=0.1` by `lr=0.1`, unless there is another `lr`. */
function keyShortener(runs: readonly WorkspaceRun[]): (override: string) => string {
  const keys = new Set(runs.flatMap(({ overrides }) => overrides.map((override) => keyOf(override))));
  const counts = countEach([...keys].map(lastPart));
  return (override) => {
    const key = keyOf(override);
    const last = lastPart(key);
    return counts.get(last) === 1 ? last + override.slice(key.length) : override;
  };
}

/** All before the value; what has none is a key. */
function keyOf(override: string): string {
  return override.split('=', 1)[0] ?? '';
}

/** What stands after the last dot; nothing is cut from a key that adds or takes away. https://hydra.cc/docs/advanced/override_grammar/basic/ */
function lastPart(key: string): string {
  return /^[+~]/.test(key) ? key : key.slice(key.lastIndexOf('.') + 1) || key;
}
