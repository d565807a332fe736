import {
  addDifferences,
  compareApart,
  compareComplex,
  compareReal,
  type Difference,
  type Distances,
  noDifference,
} from './difference.ts';
import { toNative } from './element-types.ts';
import { blockLength } from './measure-elements.ts';
import type { OpenElements } from './placed-elements.ts';

/** Two rows of elements that belong together one by one, and which of them are meant. */
export interface PairedPortion {
  a: OpenElements;
  b: OpenElements;
  first: number;
  count: number;
}

/** `same`: the bytes of all of them are. @throws the signal's reason, and what reading throws */
export async function compareElements(
  portion: PairedPortion,
  signal?: AbortSignal,
): Promise<Difference | 'same'> {
  const { a, b } = portion;
  const isSameKind = a.dtype === b.dtype && a.byteOrder === b.byteOrder;
  return isSameKind && (await areBytesSame(portion, signal)) ? 'same' : measureDifference(portion, signal);
}

/** As {@link compareElements}, with numbers for those that are the same too. */
export async function measureDifference(portion: PairedPortion, signal?: AbortSignal): Promise<Difference> {
  const { a, b } = portion;
  const length = Math.min(portion.count, blockLength);
  const [numbersA, numbersB] = [
    new Float64Array(length * a.type.parts),
    new Float64Array(length * b.type.parts),
  ];
  let difference = noDifference;
  for await (const [bytesA, bytesB] of blocksOf(portion)) {
    signal?.throwIfAborted();
    const [nativeA, nativeB] = [toNative(bytesA, a.type, a.byteOrder), toNative(bytesB, b.type, b.byteOrder)];
    a.type.decode(nativeA, numbersA);
    b.type.decode(nativeB, numbersB);
    const block = {
      a: { numbers: numbersA, wide: wideIntegers(a.dtype, nativeA) },
      b: { numbers: numbersB, wide: wideIntegers(b.dtype, nativeB) },
      count: nativeA.byteLength / a.type.width,
    };
    difference = addDifferences(difference, compareBlock(block, a.type.parts));
  }
  return difference;
}

async function areBytesSame(portion: PairedPortion, signal?: AbortSignal): Promise<boolean> {
  for await (const [bytesA, bytesB] of blocksOf(portion)) {
    signal?.throwIfAborted();
    if (Buffer.compare(bytesA, bytesB) !== 0) return false;
  }
  return true;
}

/** The bytes of as many elements of either, block by block, each valid until the next is asked for. */
async function* blocksOf({ a, b, first, count }: PairedPortion): AsyncGenerator<[Uint8Array, Uint8Array]> {
  for (let done = 0; done < count; ) {
    const bytesA = await a.reader.take(first + done, Math.min(blockLength, count - done));
    const bytesB = await b.reader.take(first + done, bytesA.byteLength / a.type.width);
    const taken = bytesB.byteLength / b.type.width;
    yield [bytesA.subarray(0, taken * a.type.width), bytesB];
    done += taken;
  }
}

/** Some elements of one side. `wide`: they themselves, where they are integers that float64 may round. */
interface Side {
  numbers: Float64Array;
  wide: BigInt64Array | BigUint64Array | null;
}

function compareBlock({ a, b, count }: { a: Side; b: Side; count: number }, parts: number): Difference {
  if (parts === 2) return compareComplex(a.numbers, b.numbers, count);
  const isRounded = mayBeRounded(a, count) || mayBeRounded(b, count);
  return isRounded
    ? compareApart(a.numbers, b.numbers, { count, parts: 1 }, exactDistances(a, b, count))
    : compareReal(a.numbers, b.numbers, count);
}

function wideIntegers(dtype: string, { buffer, byteOffset, byteLength }: Uint8Array): Side['wide'] {
  if (dtype === 'int64') return new BigInt64Array(buffer as ArrayBuffer, byteOffset, byteLength / 8);
  return dtype === 'uint64' ? new BigUint64Array(buffer as ArrayBuffer, byteOffset, byteLength / 8) : null;
}

function mayBeRounded({ numbers, wide }: Side, count: number): boolean {
  if (wide === null) return false;
  for (let index = 0; index < count; index += 1)
    if (Math.abs(numbers[index] as number) > Number.MAX_SAFE_INTEGER) return true;
  return false;
}

/** Two that float64 rounds to one are told apart. */
function exactDistances(a: Side, b: Side, count: number): Distances {
  const apart = new Float64Array(count);
  for (let index = 0; index < count; index += 1) {
    const [one, other] = [wholeAt(a, index), wholeAt(b, index)];
    const distance =
      one === null || other === null
        ? (b.numbers[index] as number) - (a.numbers[index] as number)
        : Number(other - one);
    apart[index] = Math.abs(distance);
  }
  return { apart, isHalved: false };
}

/** Null for what is no whole number. */
function wholeAt({ numbers, wide }: Side, index: number): bigint | null {
  const number = numbers[index] as number;
  return wide?.[index] ?? (Number.isInteger(number) ? BigInt(number) : null);
}
