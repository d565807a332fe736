import { isIntactSoFar } from '../model/integrity.ts';
import type { Direction } from '../model/metric.ts';
import { finiteOrNull } from '../query/compare-natural.ts';
import type { Ranked } from '../query/rank-versions.ts';

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
 * The candidates of a choice, in one walk over the versions. Two of the same bytes, or of one value at one training step or episode, are one state
 * of the model saved twice: they count once, and neither is the other's rival. So do those for which one measurement counts: it was made of one of them.
 */
export function countCandidates(
  versions: Iterable<Judged>,
  best: Judged | null,
  mode: Direction,
): Candidates {
  const value = finiteOrNull(best?.value ?? null);
  const values = value === null ? [] : [value];
  const found: Candidates = { values, next: null, passedOver: new Map(), highest: 0, numbered: 0 };
  const states = new Set(best ? statesOf(best) : []);
  for (const version of versions) {
    noteNumber(found, version);
    if (version.id !== best?.id) take(found, version, mode, states);
  }
  return found;
}

/** Whether numbers of versions tell that there were more. */
export function arePruned({ highest, numbered }: Pick<Candidates, 'highest' | 'numbered'>): boolean {
  return highest > numbered;
}

function take(found: Candidates, version: Judged, mode: Direction, states: Set<string>): void {
  const why = whyNot(version) ?? (isSavedTwice(version, states) ? 'saved twice' : null);
  if (why !== null) return void found.passedOver.set(why, (found.passedOver.get(why) ?? 0) + 1);
  const value = version.value as number;
  found.values.push(value);
  if (isBetter(value, found.next, mode)) found.next = { id: version.id, value };
}

/** Whether it is a state of the model that was met already; from now on it was. */
function isSavedTwice(version: Judged, states: Set<string>): boolean {
  const own = statesOf(version);
  const isKnown = own.some((state) => states.has(state));
  for (const state of own) states.add(state);
  return isKnown;
}

function isBetter(value: number, next: Candidates['next'], mode: Direction): boolean {
  if (next === null) return true;
  return mode === 'max' ? value > next.value : value < next.value;
}

function noteNumber(found: Candidates, { number, kind }: Judged): void {
  if (number === null || kind !== 'best') return;
  found.numbered += 1;
  found.highest = Math.max(found.highest, number);
}

/** What a version shares with another that is the same state of the model. */
function statesOf({ checksum, step, episode, value, measurement }: Judged): string[] {
  const states = checksum === null ? [] : [`bytes ${checksum}`];
  if (measurement) states.push(`measured ${measurement}`);
  // A counter that stands at 0 may be one that nobody counts with.
  if (step) states.push(`step ${step} ${value}`);
  if (episode) states.push(`episode ${episode} ${value}`);
  return states;
}

function whyNot({ state, value }: Judged): string | null {
  if (!isIntactSoFar(state)) return state;
  if (value === null) return 'no value';
  return finiteOrNull(value) === null ? 'without a finite value' : null;
}
