import type { VersionRow } from '../../shared/model/version-row.ts';

/** A number that versions have, such as a metric or a step. */
export interface Measure {
  id: string;
  label: string;
  of: (row: VersionRow) => number | null;
  /** A value in few figures, with its unit. */
  format: (value: number) => string;
  /** Where its values are words: those in the places 0, 1, 2, … */
  words?: () => readonly string[];
}

/** What the value of a measure must lie in, both ends included; a null end is open. */
export interface MeasureRange {
  measure: Measure;
  low: number | null;
  high: number | null;
}

/** With this range in place of what was asked of its measure before; without any, where both its ends are open. */
export function withRange(ranges: readonly MeasureRange[], range: MeasureRange): readonly MeasureRange[] {
  const others = ranges.filter(({ measure }) => measure.id !== range.measure.id);
  return range.low === null && range.high === null ? others : [...others, range];
}

/** A test that lets through what lies in all ranges; what has no finite value lies in none. Null asks nothing. */
export function compileRanges(ranges: readonly MeasureRange[]): ((row: VersionRow) => boolean) | null {
  if (ranges.length === 0) return null;
  const tests = ranges.map(({ measure: { of }, low, high }) => {
    const [least, most] = [low ?? -Number.MAX_VALUE, high ?? Number.MAX_VALUE];
    return (row: VersionRow) => {
      const value = of(row) ?? Number.NaN;
      return value >= least && value <= most;
    };
  });
  return (row) => tests.every((test) => test(row));
}
