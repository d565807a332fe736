import { addDifferences, compareComplex, compareReal, type Difference, noDifference } from './difference.ts';
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
    const count = nativeA.byteLength / a.type.width;
    const found = a.type.parts === 2 ? compareComplex : compareReal;
    difference = addDifferences(difference, {
      ...found(numbersA, numbersB, count),
      ...(isWide(a, b) && { changed: countUnequal(nativeA, nativeB) }),
    });
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

/** Whether they are integers that float64 rounds, so that unequal ones may look equal. */
function isWide(a: OpenElements, b: OpenElements): boolean {
  return a.dtype === b.dtype && (a.dtype === 'int64' || a.dtype === 'uint64');
}

function countUnequal(bytesA: Uint8Array, bytesB: Uint8Array): number {
  const wordsOf = ({ buffer, byteOffset, byteLength }: Uint8Array) =>
    new Int32Array(buffer, byteOffset, byteLength / 4);
  const [a, b] = [wordsOf(bytesA), wordsOf(bytesB)];
  let unequal = 0;
  for (let index = 0; index < a.length; index += 2) {
    if (a[index] !== b[index] || a[index + 1] !== b[index + 1]) unequal += 1;
  }
  return unequal;
}
