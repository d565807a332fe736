import type { Direction } from '../../shared/model/metric.ts';
import { crowdOf } from '../plot/crowd.ts';
import type { Legend } from '../plot/draw-legend.ts';
import { extentOf } from '../plot/extent.ts';
import type { Ramped } from '../plot/paint-cloud.ts';
import { axisName, type ChartMeasure } from './chart-measures.ts';

/** A measure as colours, from one end of what nearly all have to the other: one far value would make all others alike. Null where none has any. */
export function rampOver(
  { scale }: Pick<ChartMeasure, 'scale'>,
  values: Float64Array,
  better: Direction | null,
): Ramped | null {
  const ends = scale === 'number' ? crowdOf(values, better) : extentOf(values);
  return ends && { values, ...ends };
}

/** What its colours mean; an end that some lie beyond says so. */
export function legendOf(measure: ChartMeasure, { values, low, high }: Ramped): Legend {
  const whole = extentOf(values) ?? { low, high };
  return {
    name: axisName(measure),
    low: `${whole.low < low ? '≤ ' : ''}${measure.format(low)}`,
    high: `${whole.high > high ? '≥ ' : ''}${measure.format(high)}`,
  };
}
