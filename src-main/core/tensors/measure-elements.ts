import type { TensorStatistics } from '../../../shared/model/tensor-statistics.ts';
import { type ElementType, toNative } from './element-types.ts';
import { addMoments, finiteCount, greater, type Moments, measureBlock, noMoments } from './moments.ts';
import type { ReadsElements } from './read-elements.ts';
import { ZeroRows } from './zero-rows.ts';

/** Elements at a time: their numbers stay in a core's own cache between being read and being measured. */
export const blockLength = 32 * 1024;

/** Some of a reader's elements, and how their bytes are to be understood. */
export interface Portion {
  reader: ReadsElements;
  dtype: string;
  type: ElementType;
  byteOrder: 'little' | 'big';
  first: number;
  count: number;
  /** Elements of a row, where rows are told apart; the portion then begins with one. */
  row: number | null;
}

/** The moments of a portion, block by block. @throws the signal's reason, and what reading throws */
export async function measureElements(portion: Portion, signal?: AbortSignal): Promise<Moments> {
  const { reader, type, byteOrder, first, count } = portion;
  const numbers = new Float64Array(Math.min(count, blockLength) * type.parts);
  const rows = new ZeroRows(portion.row ?? Number.POSITIVE_INFINITY);
  let moments = noMoments();
  for (let done = 0; done < count; ) {
    const bytes = toNative(
      await reader.take(first + done, Math.min(blockLength, count - done)),
      type,
      byteOrder,
    );
    const taken = decodeReal(bytes, type, numbers);
    moments = addMoments(moments, measureNumbers(numbers, taken, bytes, portion));
    if (portion.row !== null) rows.add(numbers, taken);
    done += taken;
    signal?.throwIfAborted();
  }
  return { ...moments, deadRows: rows.count };
}

function measureNumbers(
  numbers: Float64Array,
  count: number,
  bytes: Uint8Array,
  { dtype, type }: Portion,
): Moments {
  const moments = measureBlock(numbers, count, type);
  if (dtype !== 'int64' && dtype !== 'uint64') return moments;
  return isBeyond(moments) ? { ...moments, ...exactExtremes(bytes, dtype) } : moments;
}

/** Elements as real numbers, complex ones as their magnitudes; gives how many they are. */
export function decodeReal(bytes: Uint8Array, type: ElementType, numbers: Float64Array): number {
  type.decode(bytes, numbers);
  const count = bytes.byteLength / type.width;
  if (type.parts === 2) toMagnitudes(numbers, count);
  return count;
}

function toMagnitudes(numbers: Float64Array, count: number): void {
  for (let index = 0; index < count; index += 1) {
    numbers[index] = Math.hypot(numbers[2 * index] as number, numbers[2 * index + 1] as number);
  }
}

function isBeyond({ min, max }: Moments): boolean {
  return min < Number.MIN_SAFE_INTEGER || max > Number.MAX_SAFE_INTEGER;
}

function exactExtremes(bytes: Uint8Array, dtype: 'int64' | 'uint64'): Pick<Moments, 'min' | 'max'> {
  const Integers = dtype === 'int64' ? BigInt64Array : BigUint64Array;
  const values = new Integers(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.byteLength / 8);
  let [min, max] = [values[0] as bigint, values[0] as bigint];
  for (const value of values) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return { min: plainest(min), max: plainest(max) };
}

const plainest = (value: bigint): number | bigint =>
  Number.isSafeInteger(Number(value)) ? Number(value) : value;

/** What is told of moments once nothing more is added. */
export function toStatistics(moments: Moments, hasRows: boolean, type: ElementType): TensorStatistics {
  const { count, nan, posinf, neginf, zeros, subnormals, nearOverflow } = moments;
  return {
    ...{ count, nan, posinf, neginf, zeros },
    ...measuredOf(moments),
    subnormals,
    near_overflow: Number.isFinite(type.nearOverflow) ? nearOverflow : null,
    dead_rows: hasRows ? moments.deadRows : null,
  };
}

/** What finite numbers come to; nulls where there is none. */
function measuredOf(
  moments: Moments,
): Pick<TensorStatistics, 'min' | 'max' | 'mean' | 'std' | 'l2' | 'l1' | 'max_abs'> {
  const { min, max, mean, spread, squares, magnitudes } = moments;
  const finite = finiteCount(moments);
  if (finite === 0) return { min: null, max: null, mean: null, std: null, l2: null, l1: null, max_abs: null };
  return {
    ...{ min, max, mean, std: Math.sqrt(spread / finite), l2: Math.sqrt(squares), l1: magnitudes },
    max_abs: greater(max, -min),
  };
}
