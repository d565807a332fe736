import { PlaceFinder } from './find-in-series.ts';
import type { ReadLog } from './log-columns.ts';
import type { Axis, MetricLog, MetricSeries, Place } from './metric-log.ts';

/** What a file shares with another one of its group: versions beyond `from` are of one of the two. */
export interface Shared {
  axis: Axis;
  from: number;
  /** Whether one that was saved at this place is of another. */
  isOfOther: (at: number) => boolean;
}

/**
 * Where later files of a group have what earlier ones had: training was taken up again there, and what the earlier ones measured is of models that
 * are gone, those metrics too that were not measured again yet; but beyond where the later ones came it is of models that are there, and these
 * have nothing of the later ones. How far each came is told by what the earlier file measured most often. Where files
 * do not have that in common, or their metrics do not count alike, it cannot be told.
 */
export function findRetrained(logs: readonly ReadLog[]): ReadonlyMap<ReadLog, readonly Shared[]> {
  const groups = new Map<string, ReadLog[]>();
  for (const read of logs) {
    if (read.isOfOne) continue;
    const key = `${read.log.axis} ${read.group}`;
    groups.set(key, [...(groups.get(key) ?? []), read]);
  }
  const shared = new Map<ReadLog, Shared[]>();
  for (const group of groups.values()) if (group.length > 1) findSharedIn(group, shared);
  return shared;
}

/** Whether a version is of another training than the file, which has measurements near it. */
export function isOfOther({ axis, at }: Place, shared: readonly Shared[]): boolean {
  return shared.some((each) => axis === each.axis && at > each.from && each.isOfOther(at));
}

/** @param group the later ones last @param shared is given what each shares */
function findSharedIn(group: readonly ReadLog[], shared: Map<ReadLog, Shared[]>): void {
  /** By metric those of the group that have it, the latest first. */
  const later = new Map<string, Logged[]>();
  for (const read of group.toReversed()) {
    for (const [earlier, other] of pairsOf(read, later)) addPair(earlier, other, shared);
    for (const each of read.log.series) append(later, each.name, { read, series: each });
  }
}

/** A file with each of the later ones that has what it measured most often. */
function pairsOf(read: ReadLog, later: ReadonlyMap<string, readonly Logged[]>): [Logged, Logged][] {
  const series = read.log.countsAlike ? mostMeasured(read.log) : null;
  return series ? (later.get(series.name) ?? []).map((other) => [{ read, series }, other]) : [];
}

function addPair(earlier: Logged, later: Logged, shared: Map<ReadLog, Shared[]>): void {
  const isOfEarlier = divide(earlier, later);
  const [from = Number.NaN] = later.series.at;
  const { axis } = later.read.log;
  append(shared, earlier.read, { axis, from, isOfOther: (at) => !isOfEarlier(at) });
  append(shared, later.read, { axis, from, isOfOther: isOfEarlier });
}

interface Logged {
  read: ReadLog;
  series: MetricSeries;
}

/**
 * Tells of a version whether it is of the earlier file: that measured it, or what came before it, where the later one would have measured once more, had it come so
 * far. One that was saved before is of the later one too.
 */
function divide(earlier: Logged, { read, series }: Logged): (at: number) => boolean {
  const before = new PlaceFinder(earlier.read.log, earlier.series);
  const last = series.at.at(-1) ?? Number.NaN;
  const next = last + new PlaceFinder(read.log, series).interval;
  return (at) => {
    const measured = before.lastBefore(at);
    return measured > last && measured >= next;
  };
}

function append<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

function mostMeasured({ series }: MetricLog): MetricSeries | null {
  return series.reduce<MetricSeries | null>(
    (most, each) => (each.at.length > (most?.at.length ?? 0) ? each : most),
    null,
  );
}
