import { isIntactSoFar } from '../model/integrity.ts';
import type { Direction } from '../model/metric.ts';
import { finiteOrNull } from '../query/compare-natural.ts';
import type { Ranked } from '../query/rank-versions.ts';
import { StateGroups } from './state-groups.ts';

/** What judging the choice of the best needs of a version. */
export interface Judged extends Ranked {
  step: number | null;
  episode: number | null;
  checksum: string | null;
  /** What tells the measurement behind its value, where it counts for other versions too; null where it is its own. */
  measurement?: string | null;
}

/** Whom the best was chosen among. */
export interface Candidates {
  /** The values of all candidates, each state of the model once, the best included. */
  values: number[];
  /** The best of the others. */
  next: { id: string; value: number } | null;
  /** All others, by reason. */
  passedOver: Map<string, number>;
  /** The highest version number of a best model. */
  highest: number;
  /** How many best models have a number. */
  numbered: number;
}

/**
 * The candidates of a choice. Two of the same bytes, or of one value at one training step or episode, are one state of the model saved twice,
 * and so are two that are both the same as a third, and those for which one measurement counts: it was made of one of them. They count once, and none
 * is the other's rival. Whatever the order of the versions.
 */
export function countCandidates(
  versions: Iterable<Judged>,
  best: Judged | null,
  mode: Direction,
): Candidates {
  const all = [...versions];
  const value = finiteOrNull(best?.value ?? null);
  const groups = groupsOf(all, best);
  const found: Found = { passedOver: new Map(), highest: 0, numbered: 0, others: new Map() };
  for (const version of all) {
    noteNumber(found, version);
    if (version.id !== best?.id) take(found, version, mode, groups, best);
  }
  const { others, ...counted } = found;
  const values = [...others.values()].map((other) => other.value);
  const next = [...others.values()].reduce<Rival | null>(
    (first, other) => (isBetter(other.value, first, mode) ? other : first),
    null,
  );
  return { ...counted, values: value === null ? values : [value, ...values], next };
}

type Rival = NonNullable<Candidates['next']>;
/** `others`: the candidates beside the best, each state of the model by its best value. */
type Found = Omit<Candidates, 'values' | 'next'> & { others: Map<number, Rival> };

/** The state of the model that each candidate is, and the best is. */
function groupsOf(versions: readonly Judged[], best: Judged | null): StateGroups {
  const groups = new StateGroups();
  if (best) groups.add(best);
  for (const version of versions)
    if (version.id !== best?.id && whyNot(version) === null) groups.add(version);
  return groups;
}

/** Whether numbers of versions tell that there were more. */
export function arePruned({ highest, numbered }: Pick<Candidates, 'highest' | 'numbered'>): boolean {
  return highest > numbered;
}

function take(
  { others, passedOver }: Found,
  version: Judged,
  mode: Direction,
  groups: StateGroups,
  best: Judged | null,
): void {
  const refused = whyNot(version);
  if (refused !== null) return note(passedOver, refused);
  const group = groups.groupOf(version);
  const rival = { id: version.id, value: version.value as number };
  const isBest = best !== null && group === groups.groupOf(best);
  const known = others.get(group) ?? null;
  if (isBest || known) note(passedOver, 'saved twice');
  if (!isBest && isBetter(rival.value, known, mode)) others.set(group, rival);
}

function note(passedOver: Candidates['passedOver'], why: string): void {
  passedOver.set(why, (passedOver.get(why) ?? 0) + 1);
}

function isBetter(value: number, next: Candidates['next'], mode: Direction): boolean {
  if (next === null) return true;
  return mode === 'max' ? value > next.value : value < next.value;
}

function noteNumber(found: Found, { number, kind }: Judged): void {
  if (number === null || kind !== 'best') return;
  found.numbered += 1;
  found.highest = Math.max(found.highest, number);
}

function whyNot({ state, value }: Judged): string | null {
  if (!isIntactSoFar(state)) return state;
  if (value === null) return 'no value';
  return finiteOrNull(value) === null ? 'without a finite value' : null;
}
