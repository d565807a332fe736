import type { VersionList } from '../versions/version-list.ts';
import type { ChartMeasure } from './chart-measures.ts';
import type { ChartPreferences } from './chart-preferences.ts';

/** Whether a measure may have a logarithmic axis. */
export function mayBeLog({ scale }: Pick<ChartMeasure, 'scale'>): boolean {
  return scale === 'number';
}

/** A measure as it is drawn: on the axis that somebody chose for it. */
export function onItsAxis(
  measure: ChartMeasure,
  { logarithmic }: Pick<ChartPreferences, 'logarithmic'>,
): ChartMeasure {
  return mayBeLog(measure) && logarithmic.includes(measure.id) ? { ...measure, isLog: true } : measure;
}

/** What versions have to have to be drawn by a measure, as `Loss above 0`. */
export function drawnName({ label, isLog }: ChartMeasure): string {
  return isLog ? `${label} above 0` : label;
}

/** Tells axes apart: a view of one is of no other. */
export function axisKey({ id, isLog }: ChartMeasure): string {
  return isLog ? `${id} log` : id;
}

const known = new WeakMap<Float64Array, Float64Array>();

/** Where the values of a measure are on its axis, by slot: themselves, or their decimal logarithms; NaN for what has no place. */
export function drawnNumbers(list: VersionList, measure: ChartMeasure): Float64Array {
  const values = list.numbers(measure);
  if (!measure.isLog) return values;
  const logs = known.get(values) ?? values.map((value) => (value > 0 ? Math.log10(value) : Number.NaN));
  known.set(values, logs);
  return logs;
}
