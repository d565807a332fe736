/** Bytes of a value by the number of its type; texts (8) and arrays (9) have lengths of their own. ggml/docs/gguf.md */
export const valueWidths: ReadonlyMap<number, number> = new Map([
  [0, 1],
  [1, 1],
  [2, 2],
  [3, 2],
  [4, 4],
  [5, 4],
  [6, 4],
  [7, 1],
  [10, 8],
  [11, 8],
  [12, 8],
]);

export const textType = 8;
export const arrayType = 9;

const readers: ReadonlyMap<number, (bytes: Buffer) => number | bigint | boolean> = new Map<
  number,
  (bytes: Buffer) => number | bigint | boolean
>([
  [0, (bytes) => bytes.readUInt8()],
  [1, (bytes) => bytes.readInt8()],
  [2, (bytes) => bytes.readUInt16LE()],
  [3, (bytes) => bytes.readInt16LE()],
  [4, (bytes) => bytes.readUInt32LE()],
  [5, (bytes) => bytes.readInt32LE()],
  [6, (bytes) => bytes.readFloatLE()],
  [7, (bytes) => bytes.readUInt8() !== 0],
  [10, (bytes) => plainest(bytes.readBigUInt64LE())],
  [11, (bytes) => plainest(bytes.readBigInt64LE())],
  [12, (bytes) => bytes.readDoubleLE()],
]);

/** A value of fixed size. */
export function decodeValue(type: number, bytes: Buffer): number | bigint | boolean | null {
  return readers.get(type)?.(bytes) ?? null;
}

const plainest = (value: bigint) => (Number.isSafeInteger(Number(value)) ? Number(value) : value);
