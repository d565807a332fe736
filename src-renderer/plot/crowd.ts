import type { Direction } from '../../shared/model/metric.ts';
import { type Extent, extentOf, numbersIn } from './extent.ts';

/** Fewer are no crowd. */
const fewest = 8;
/** The share that may be far from all others. */
const mostFar = 0.05;

/**
 * The part of an axis that the crowd takes: without the few that are farther from it than it is wide. Those that lie on the better side
 * are never left out; null where nothing is finite.
 * @param better the better end; null leaves out what is far to either side
 * @param slots those that count; all without
 */
export function crowdOf(values: Float64Array, better: Direction | null, slots?: Uint32Array): Extent | null {
  const whole = extentOf(values, slots);
  const numbers = numbersIn(values, slots);
  const core = whole && numbers.length >= fewest ? coreOf(someOf(numbers).sort(), better) : null;
  // Where nearly all are alike nothing tells what is far.
  if (!core || core.high === core.low) return whole;
  const wide = core.high - core.low;
  const near = numbers.filter((value) => value >= core.low - wide && value <= core.high + wide);
  return extentOf(near);
}

/** So many tell where nearly all are: to sort a hundred thousand takes as long as a keystroke may. */
const enough = 2000;

/** Evenly taken, in an array of their own. */
function someOf(numbers: Float64Array): Float64Array {
  const every = Math.ceil(numbers.length / enough);
  return every === 1 ? numbers.slice() : numbers.filter((_, at) => at % every === 0);
}

/** Without the few at the worse end, or at both. */
function coreOf(sorted: Float64Array, better: Direction | null): Extent {
  const few = Math.ceil((mostFar / (better ? 1 : 2)) * (sorted.length - 1));
  const at = (place: number) => sorted[place] ?? Number.NaN;
  return { low: at(better === 'min' ? 0 : few), high: at(sorted.length - 1 - (better === 'max' ? 0 : few)) };
}
