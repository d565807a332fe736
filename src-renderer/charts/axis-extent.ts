import type { Direction } from '../../shared/model/metric.ts';
import { crowdOf } from '../plot/crowd.ts';
import { type Extent, extentOf, padded } from '../plot/extent.ts';
import type { ChartMeasure } from './chart-measures.ts';

const halfDay = 12 * 60 * 60 * 1000;

/** All of an axis, with room at its ends; null where nothing has a place on it. A time alone has half a day to each side. */
export function wholeOf(
  { scale }: Pick<ChartMeasure, 'scale'>,
  values: Float64Array,
  slots?: Uint32Array,
): Extent | null {
  const extent = extentOf(values, slots);
  return extent && padded(extent, undefined, scale === 'time' ? halfDay : undefined);
}

/** As {@link wholeOf}, without the few numbers that are far worse than all others: those would leave no room for them. */
export function crowdOn(
  measure: Pick<ChartMeasure, 'scale'>,
  values: Float64Array,
  better: Direction | null,
  slots?: Uint32Array,
): Extent | null {
  if (measure.scale !== 'number') return wholeOf(measure, values, slots);
  const crowd = crowdOf(values, better, slots);
  return crowd && padded(crowd);
}
