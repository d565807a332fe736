import type { ElementType } from './element-types.ts';

/** An element as a number, exactly; a complex one as two. */
export type ElementValue = number | bigint | readonly [real: number, imaginary: number];

/** Elements, in this machine's order, as values. */
export function listValues(bytes: Uint8Array, dtype: string, type: ElementType): ElementValue[] {
  if (dtype === 'int64' || dtype === 'uint64') return listWide(bytes, dtype);
  const numbers = new Float64Array((bytes.byteLength / type.width) * type.parts);
  type.decode(bytes, numbers);
  if (type.parts === 1) return [...numbers];
  return Array.from({ length: numbers.length / 2 }, (_, index) => [
    numbers[2 * index] as number,
    numbers[2 * index + 1] as number,
  ]);
}

function listWide(bytes: Uint8Array, dtype: 'int64' | 'uint64'): (number | bigint)[] {
  const Integers = dtype === 'int64' ? BigInt64Array : BigUint64Array;
  const values = new Integers(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.byteLength / 8);
  return Array.from(values, (value) => (Number.isSafeInteger(Number(value)) ? Number(value) : value));
}
