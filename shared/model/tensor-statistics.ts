import { z } from 'zod';
import { jsonNumber } from './json-schemas.ts';

/** A number that is not there where there was nothing to take it from. */
const measured = jsonNumber.nullable();
const count = z.number();
/** A whole number past 2^53 is given digit by digit. */
const extreme = z.union([jsonNumber, z.string().regex(/^-?\d+$/)]).nullable();

/**
 * Numbers about the elements of a tensor, in float64. `min` to `l1` are of the finite ones; `std` is the population's.
 * `subnormals` are closer to zero than numbers of their type have all their digits; `near_overflow` are beyond half of the largest number of
 * theirs, null but for float16 and bfloat16. `dead_rows`: indices of the first
 * dimension at which there are zeros alone; null where there is but one dimension, or the rows do not lie one after another.
 * Of complex elements, it is their magnitudes that are counted and measured.
 */
export const tensorStatisticsSchema = z.strictObject({
  count,
  nan: count,
  posinf: count,
  neginf: count,
  zeros: count,
  min: extreme,
  max: extreme,
  mean: measured,
  std: measured,
  l2: measured,
  l1: measured,
  /** The largest magnitude. */
  max_abs: extreme,
  subnormals: count,
  near_overflow: count.nullable(),
  dead_rows: count.nullable(),
});

/** As {@link tensorStatisticsSchema}, before `stringifyJson` makes strings of what JSON lacks. */
export interface TensorStatistics {
  count: number;
  nan: number;
  posinf: number;
  neginf: number;
  zeros: number;
  min: number | bigint | null;
  max: number | bigint | null;
  mean: number | null;
  std: number | null;
  l2: number | null;
  l1: number | null;
  max_abs: number | bigint | null;
  subnormals: number;
  near_overflow: number | null;
  dead_rows: number | null;
}
