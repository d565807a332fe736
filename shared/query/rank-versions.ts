import { type IntegrityState, isIntactSoFar } from '../model/integrity.ts';
import type { Direction } from '../model/metric.ts';
import type { VersionKind } from '../model/version.ts';
import { compareNatural, finiteOrNull } from './compare-natural.ts';
import { type Clock, localClock, momentOf } from './local-clock.ts';
import type { Timestamp } from './parse-timestamp.ts';
import { seriesTimes } from './series-times.ts';

/**
 * What ranking needs of a version. `value` is that of the metric ranked by; `time` the version's own timestamp; `step` how far its training was;
 * `modifiedAt` the modification time of its file in milliseconds, the last resort for telling which is newest.
 */
export interface Ranked {
  id: string;
  kind: VersionKind;
  number: number | null;
  step: number | null;
  value: number | null;
  state: IntegrityState;
  time: Timestamp | null;
  modifiedAt: number;
}

type Compare = (a: Ranked, b: Ranked) => number;
/** What reads times without a zone where others have one. */
type Reading = Pick<Clock, 'toMoment'>;

/**
 * Best first. Only finite values take part; ties go to a best model before a checkpoint, then to the earlier version.
 */
export function rankBest<T extends Ranked>(
  versions: Iterable<T>,
  mode: Direction,
  clock: Reading = localClock(),
): T[] {
  const ranked = [...versions].filter(hasValue);
  return ranked.sort(bestFirst(mode, newestFirst(ranked, clock)));
}

/**
 * Newest first: by timestamp, then version number; those that have neither by step, where each of them has one, then by when the file was
 * written: by the numbers in the names of a series, else by its modification time.
 */
export function rankLatest<T extends Ranked>(versions: Iterable<T>, clock: Reading = localClock()): T[] {
  const ranked = [...versions];
  return ranked.sort(latestFirst(ranked, clock));
}

/** The id of the newest of these; null where there is none. */
export function findNewest(versions: readonly Ranked[], clock: Reading = localClock()): string | null {
  return first(versions, latestFirst(versions, clock));
}

/**
 * Where steps or the numbers in names tell which is the newest, the one that is so without them; else null. In a folder that a second training
 * writes to, those of the first may have been further.
 */
export function findNewestBesideSteps(
  versions: readonly Ranked[],
  clock: Reading = localClock(),
): string | null {
  return versions.some(isUntold) ? first(versions, newestFirst(versions, clock)) : null;
}

/**
 * The id of the version that has the highest number of all of the latest's kind, where that is another: a clock that was put back, or numbers that began
 * anew, leave open which of the two is newer. Null where the latest has the highest, or no number.
 */
export function findOutnumbering(
  versions: readonly Ranked[],
  latest: string | null,
  clock: Reading = localClock(),
): string | null {
  const newest = versions.find(({ id }) => id === latest);
  if (newest?.number == null) return null;
  const { kind, number } = newest;
  const higher = versions.filter((each) => each.kind === kind && (each.number ?? number) > number);
  const highest = higher.reduce((most, each) => Math.max(most, each.number ?? number), number);
  return findNewest(
    higher.filter((each) => each.number === highest),
    clock,
  );
}

/** The ids of the best and the latest version against which nothing speaks so far, for the badges of a list. */
export function findBadges(
  versions: Iterable<Ranked>,
  mode: Direction,
  clock: Reading = localClock(),
): { best: string | null; latest: string | null } {
  const intact = [...versions].filter(({ state }) => isIntactSoFar(state));
  return {
    best: first(intact.filter(hasValue), bestFirst(mode, newestFirst(intact, clock))),
    latest: first(intact, latestFirst(intact, clock)),
  };
}

function first(versions: readonly Ranked[], compare: Compare): string | null {
  let winner = versions[0];
  for (const candidate of versions) if (winner && compare(candidate, winner) < 0) winner = candidate;
  return winner?.id ?? null;
}

function hasValue({ value }: Ranked): boolean {
  return finiteOrNull(value) !== null;
}

function bestFirst(mode: Direction, newest: Compare): Compare {
  const sign = mode === 'max' ? -1 : 1;
  return (a, b) => sign * ((a.value ?? 0) - (b.value ?? 0)) || kindOrder(a) - kindOrder(b) || newest(b, a);
}

function kindOrder({ kind }: Ranked): number {
  return kind === 'best' ? 0 : 1;
}

/** Whether absolute times and times without a zone are among them, so that these mean something by a clock alone. */
export function clocksMeet(versions: readonly Pick<Ranked, 'time'>[]): boolean {
  return versions.some(({ time }) => time?.zoned) && versions.some(({ time }) => time && !time.zoned);
}

/**
 * One comparison for a whole set, so that the order is total: times of one sort are compared as they are written; where
 * both meet, those without a zone are read off the clock.
 */
function newestFirst(versions: readonly Ranked[], clock: Reading, byFile: Compare = byFileTime): Compare {
  const timeOf = clocksMeet(versions) ? momentsOf(versions, clock) : writtenTime;
  const byTime: Compare = (a, b) => descending(timeOf(a), timeOf(b));
  const byNumber: Compare = (a, b) => descending(a.number, b.number);
  return (a, b) => byTime(a, b) || byNumber(a, b) || byFile(a, b);
}

const byFileTime: Compare = (a, b) => b.modifiedAt - a.modifiedAt || compareNatural(b.id, a.id);

/** The same, and by how far training was: what was copied has its file's time from then. */
function latestFirst(versions: readonly Ranked[], clock: Reading): Compare {
  const untold = versions.filter(isUntold);
  if (untold.length === 0) return newestFirst(versions, clock);
  // Of all of these, for a file that has none could be newer than any.
  if (untold.every(({ step }) => finiteOrNull(step) !== null))
    return newestFirst(versions, clock, (a, b) => stepOf(b) - stepOf(a) || byFileTime(a, b));
  const times = seriesTimes(untold);
  const timeOf = ({ id, modifiedAt }: Ranked) => times.get(id) ?? modifiedAt;
  return newestFirst(versions, clock, (a, b) => timeOf(b) - timeOf(a) || byFileTime(a, b));
}

function isUntold({ time, number }: Ranked): boolean {
  return time === null && number === null;
}

function stepOf(version: Ranked): number {
  return isUntold(version) ? (version.step ?? 0) : 0;
}

function momentsOf(versions: readonly Ranked[], clock: Reading): (version: Ranked) => number | null {
  const moments = new Map(
    versions.map((version) => [version, version.time && momentOf(version.time, clock)]),
  );
  return (version) => moments.get(version) ?? null;
}

const writtenTime = ({ time }: Ranked): number | null => time?.milliseconds ?? null;

function descending(a: number | null, b: number | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return b - a;
}
