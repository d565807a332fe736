import type { ByteReader } from '../byte-reader.ts';
import { Damage, rule } from '../damage.ts';
import { formatCount } from '../plain-text.ts';
import { joblibArray, readDtype } from '../torch/numpy-values.ts';
import { asKind, type Bytes, type Call, fullName, itemsOf, type Value } from './value.ts';

/** What is said of such a file: whoever takes it for a plain pickle would carry out the elements. */
export const onlyJoblib = 'elements of arrays among its instructions, which only joblib.load passes over';

export const isJoblibArray = (value: Value): value is Call =>
  fullName(asKind(value, 'call')?.callee) === joblibArray;

/** One of the attributes of what stands for an array. */
function attributeOf({ state }: Call, name: string): Value | undefined {
  return asKind(state, 'dict')?.entries.get(name);
}

/** Numpy's flag of types that hold references to Python objects. numpy/core/include/numpy/ndarraytypes.h, `NPY_ITEM_HASOBJECT` */
const hasObject = 1;

/** Whether the elements are Python objects, which are a pickle of their own. */
export function holdsObjects(call: Call): boolean {
  const flags = itemsOf(asKind(attributeOf(call, 'dtype'), 'call')?.state)?.[7];
  return typeof flags === 'number' && (flags & hasObject) !== 0;
}

/** Where the elements are, which are passed over, with what keeps them aligned. @throws Damage where that cannot be told, or they are not all there */
export async function passElements(reader: ByteReader, call: Call): Promise<Bytes> {
  const shape = itemsOf(attributeOf(call, 'shape'));
  const itemSize = readDtype(attributeOf(call, 'dtype'))?.itemSize;
  if (!shape || itemSize === undefined || !shape.every(isCount))
    throw new Damage('how long an array is cannot be told', 'unknown');
  if (typeof attributeOf(call, 'numpy_array_alignment_bytes') === 'number') await passPadding(reader);
  const start = reader.position;
  const length = shape.reduce((product, size) => product * size, itemSize);
  rule(
    reader.skip(length),
    () => `of ${formatCount(length)} bytes of an array ${formatCount(reader.remaining)} are there`,
  );
  return { kind: 'bytes', start, length, content: null };
}

const isCount = (size: Value): size is number => Number.isSafeInteger(size) && Number(size) >= 0;

/** A byte says how many others follow that stand for nothing. */
async function passPadding(reader: ByteReader): Promise<void> {
  const isThere = await reader.fill(1);
  rule(isThere && reader.skip(reader.takeByte()), 'an array is cut off before its elements');
}
