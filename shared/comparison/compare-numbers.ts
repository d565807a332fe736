import type { Direction } from '../model/metric.ts';
import type { ComparedRow, ComparedValue } from './compare-versions.ts';

/** How a metric differs from that of the baseline. */
export interface Difference {
  by: number;
  verdict: 'better' | 'worse' | 'equal' | 'unknown';
}

/** @returns null where either has no number, or no finite difference is between them */
export function differenceFrom(
  baseline: ComparedValue,
  value: ComparedValue,
  direction: Direction | null,
): Difference | null {
  if (typeof baseline !== 'number' || typeof value !== 'number') return null;
  const by = value - baseline;
  if (!Number.isFinite(by)) return null;
  if (by === 0) return { by, verdict: 'equal' };
  if (direction === null) return { by, verdict: 'unknown' };
  return { by, verdict: by > 0 === (direction === 'max') ? 'better' : 'worse' };
}

/**
 * The places of the best values of a metric among the versions; none without a direction, or where all are equally good. What is passed over
 * is never among them.
 */
export function bestPlaces({
  values,
  direction,
  passedOver,
}: Pick<ComparedRow, 'values' | 'direction' | 'passedOver'>): ReadonlySet<number> {
  const known = values.flatMap((value, place) =>
    isNumber(value) && !passedOver.includes(place) ? [{ value, place }] : [],
  );
  if (!direction || known.length < 2) return new Set();
  const numbers = known.map(({ value }) => value);
  const best = direction === 'max' ? Math.max(...numbers) : Math.min(...numbers);
  const places = known.filter(({ value }) => value === best).map(({ place }) => place);
  return new Set(places.length === known.length ? [] : places);
}

function isNumber(value: ComparedValue): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
