import type { Direction } from '../model/metric.ts';
import { metricValue } from '../model/metric.ts';
import type { Version } from '../model/version.ts';
import { compareNatural, finiteOrNull } from './compare-natural.ts';

/** Numbers as numbers; NaN, ±Infinity and missing last in both directions. Equal ones keep their order. */
export function compareNumbers(a: number | null, b: number | null, direction: 'asc' | 'desc'): number {
  const [left, right] = [finiteOrNull(a), finiteOrNull(b)];
  if (left === null || right === null) return Number(left === null) - Number(right === null);
  return direction === 'asc' ? left - right : right - left;
}

/** Versions by number, those without one by name after them. */
export function compareVersions(a: Version, b: Version): number {
  return compareNumbers(a.version, b.version, 'asc') || compareNatural(a.id, b.id);
}

/** A copy sorted by a metric; ties in the order of their versions. */
export function sortByMetric(
  versions: readonly Version[],
  metric: string,
  direction: 'asc' | 'desc',
): Version[] {
  return [...versions].sort(
    (a, b) =>
      compareNumbers(metricValue(a, metric), metricValue(b, metric), direction) || compareVersions(a, b),
  );
}

/** The order that shows the best of a metric first. */
export function bestFirstOrder(mode: Direction): 'asc' | 'desc' {
  return mode === 'max' ? 'desc' : 'asc';
}
