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
