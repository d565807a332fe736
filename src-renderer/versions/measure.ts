import type { VersionRow } from '../../shared/model/version-row.ts';
import { compareNatural } from '../../shared/query/compare-natural.ts';
import { slotRoom } from './slot-room.ts';

/** A number that versions have, such as a metric or a step. */
export interface Measure {
  id: string;
  label: string;
  of: (row: VersionRow) => number | null;
  /** A value in few figures, with its unit. */
  format: (value: number) => string;
  /** Those in the places 0, 1, 2, … where its values are words; more may come between them. None where they are numbers. */
  words?: () => readonly string[];
}

/** A number, or a word, whose place moves as others come; null is open. */
export type RangeEnd = number | string | null;

/** What the value of a measure must lie in, both ends included. */
export interface MeasureRange {
  measure: Measure;
  low: RangeEnd;
  high: RangeEnd;
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
  return ranges.reduce((left, range) => keep(left, numbersOf(range.measure), testOf(range)), slots);
}

/** The words of its measure that lie in a range. */
export function wordsWithin({ measure, low, high }: MeasureRange): readonly string[] {
  return wordsOf(measure).filter((word) => liesWithin(word, low, high));
}

/** The ends of a range on the axis of its measure; null where open. */
export interface AxisEnds {
  low: number | null;
  high: number | null;
}

/** Null where nothing of the axis lies in the range. */
export function endsOnAxis(range: MeasureRange): AxisEnds | null {
  const { measure, low, high } = range;
  const words = wordsOf(measure);
  if (words.length === 0) return isOfNumbers(low) && isOfNumbers(high) ? { low, high } : null;
  const places = wordsWithin(range).map((word) => words.indexOf(word));
  const [first, last] = [places[0], places.at(-1)];
  if (first === undefined || last === undefined) return null;
  return { low: low === null ? null : first, high: high === null ? null : last };
}

const isOfNumbers = (end: RangeEnd): end is number | null => typeof end !== 'string';
const wordsOf = ({ words }: Measure): readonly string[] => words?.() ?? [];

/** A test for values of the measure as columns have them: numbers, or places of words. */
function testOf({ measure, low, high }: MeasureRange): (value: number) => boolean {
  const words = wordsOf(measure);
  if (words.length > 0) {
    const within = words.map((word) => liesWithin(word, low, high));
    return (place) => within[place] === true;
  }
  if (!isOfNumbers(low) || !isOfNumbers(high)) return () => false;
  const [least, most] = [low ?? -Number.MAX_VALUE, high ?? Number.MAX_VALUE];
  return (value) => value >= least && value <= most;
}

/** Between words by their order, between numbers only where it is one. */
function liesWithin(word: string, low: RangeEnd, high: RangeEnd): boolean {
  return (low === null || compareWith(word, low) >= 0) && (high === null || compareWith(word, high) <= 0);
}

function compareWith(word: string, end: number | string): number {
  if (typeof end === 'string') return compareNatural(word, end);
  return word.trim() === '' ? Number.NaN : Number(word) - end;
}

function keep(slots: Uint32Array, values: Float64Array, test: (value: number) => boolean): Uint32Array {
  const kept = slotRoom(slots.length);
  let count = 0;
  for (let at = 0; at < slots.length; at += 1) {
    const slot = slots[at] ?? 0;
    if (!test(values[slot] ?? Number.NaN)) continue;
    kept[count] = slot;
    count += 1;
  }
  return kept.slice(0, count);
}
