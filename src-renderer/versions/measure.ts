import type { VersionRow } from '../../shared/model/version-row.ts';
import { slotRoom } from './slot-room.ts';

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

/**
 * Those of these slots that lie in all ranges; what has no finite value lies in none. By columns: a range that is drawn over a
 * hundred thousand versions is applied with each move.
 * @param numbersOf the values of a measure by slot
 */
export function slotsWithin(
  slots: Uint32Array,
  ranges: readonly MeasureRange[],
  numbersOf: (measure: Measure) => Float64Array,
): Uint32Array {
  return ranges.reduce(
    (left, { measure, low, high }) =>
      within(left, numbersOf(measure), low ?? -Number.MAX_VALUE, high ?? Number.MAX_VALUE),
    slots,
  );
}

function within(slots: Uint32Array, values: Float64Array, least: number, most: number): Uint32Array {
  const kept = slotRoom(slots.length);
  let count = 0;
  for (let at = 0; at < slots.length; at += 1) {
    const slot = slots[at] ?? 0;
    const value = values[slot] ?? Number.NaN;
    if (!(value >= least && value <= most)) continue;
    kept[count] = slot;
    count += 1;
  }
  return kept.slice(0, count);
}
