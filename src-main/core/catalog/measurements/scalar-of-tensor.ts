import { lastFields, type MessageField, messageFields } from './message-fields.ts';

/** How one element of a type stands in `tensor_content`, and in the field of its own. tensorflow/core/framework/types.proto, tensor.proto */
interface ElementType {
  width: number;
  read: (bytes: Buffer) => number;
  /** The field that has elements one by one. */
  field: number;
}

const types: ReadonlyMap<number, ElementType> = new Map([
  [1, { width: 4, read: (bytes) => bytes.readFloatLE(0), field: 5 }],
  [2, { width: 8, read: (bytes) => bytes.readDoubleLE(0), field: 6 }],
  [3, { width: 4, read: (bytes) => bytes.readInt32LE(0), field: 7 }],
  [9, { width: 8, read: (bytes) => Number(bytes.readBigInt64LE(0)), field: 10 }],
]);

/** The number of a TensorProto without dimensions: dtype 1, tensor_shape 2, tensor_content 4. Null for any other tensor. @throws Damage where it is none */
export function scalarOfTensor(message: Buffer): number | null {
  const fields = lastFields(message);
  const type = types.get(fields.get(1)?.value ?? 0);
  if (!type || hasDimensions(fields.get(2))) return null;
  const content = fields.get(4)?.bytes;
  if (content?.length === type.width) return type.read(content);
  return elementIn(fields.get(type.field), type);
}

/** TensorShapeProto: dim 2. */
function hasDimensions(shape: MessageField | undefined): boolean {
  if (!shape) return false;
  for (const { number } of messageFields(shape.bytes)) if (number === 2) return true;
  return false;
}

/** Packed or not: of one number the bytes are the same, but those of whole numbers, which are varints. */
function elementIn(field: MessageField | undefined, { width, read }: ElementType): number | null {
  if (!field || field.wire === 0) return field ? wholeNumber(field.value) : null;
  return field.bytes.length === width ? read(field.bytes) : null;
}

/** Those beyond 2^53 are negative ones, which nobody logs that way. */
function wholeNumber(value: number): number | null {
  return Number.isSafeInteger(value) ? value : null;
}
