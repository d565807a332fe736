import { isIntactSoFar } from '../model/integrity.ts';
import { metricValue, type SelectionMetric } from '../model/metric.ts';
import type { Version } from '../model/version.ts';
import { compareNatural, finiteOrNull } from './compare-natural.ts';
import type { Timestamp } from './parse-timestamp.ts';

/**
 * A version with what tells how new it is: its own timestamp, parsed once, and, as the last resort, the modification time of
 * its file in milliseconds.
 */
export interface Dated {
  version: Version;
  time: Timestamp | null;
  modifiedAt: number;
}

type Compare = (a: Dated, b: Dated) => number;

/**
 * Best first. Only finite values take part; ties go to a best model before a checkpoint, then to the earlier version.
 */
export function rankBest(versions: Iterable<Dated>, metric: SelectionMetric): Dated[] {
  const ranked = [...versions].filter(({ version }) => finiteValue(version, metric) !== null);
  return ranked.sort(bestFirst(metric, newestFirst(ranked)));
}

/** Newest first: by timestamp, then version number, then the file's modification time. */
export function rankLatest(versions: Iterable<Dated>): Dated[] {
  const ranked = [...versions];
  return ranked.sort(newestFirst(ranked));
}

/** The ids of the best and the latest version against which nothing speaks so far, for the badges of a list. */
export function findBadges(
  versions: Iterable<Dated>,
  metric: SelectionMetric,
): { best: string | null; latest: string | null } {
  const intact = [...versions].filter(({ version }) => isIntactSoFar(version.integrity.state));
  const newest = newestFirst(intact);
  const best = bestFirst(metric, newest);
  return {
    best: first(
      intact.filter(({ version }) => finiteValue(version, metric) !== null),
      best,
    ),
    latest: first(intact, newest),
  };
}

function first(versions: Dated[], compare: Compare): string | null {
  let winner = versions[0];
  for (const candidate of versions) if (winner && compare(candidate, winner) < 0) winner = candidate;
  return winner?.version.id ?? null;
}

function finiteValue(version: Version, metric: SelectionMetric): number | null {
  return finiteOrNull(metricValue(version, metric.name));
}

function bestFirst(metric: SelectionMetric, newest: Compare): Compare {
  const sign = metric.mode === 'max' ? -1 : 1;
  const value = (dated: Dated) => finiteValue(dated.version, metric) ?? 0;
  return (a, b) => sign * (value(a) - value(b)) || kindOrder(a) - kindOrder(b) || newest(b, a);
}

function kindOrder({ version }: Dated): number {
  return version.kind === 'best' ? 0 : 1;
}

/**
 * One comparison for a whole set, so that the order is total: where absolute and zoneless times meet they cannot be
 * compared, and version numbers decide for all.
 */
function newestFirst(versions: readonly Dated[]): Compare {
  const mixed = versions.some(({ time }) => time?.zoned) && versions.some(({ time }) => time && !time.zoned);
  const byTime: Compare = (a, b) => descending(a.time?.milliseconds ?? null, b.time?.milliseconds ?? null);
  const byNumber: Compare = (a, b) => descending(a.version.version, b.version.version);
  return (a, b) =>
    (mixed ? 0 : byTime(a, b)) ||
    byNumber(a, b) ||
    b.modifiedAt - a.modifiedAt ||
    compareNatural(b.version.id, a.version.id);
}

function descending(a: number | null, b: number | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return b - a;
}
