import { rowMajorStrides } from '../../tensors/layout.ts';
import type { StorageBytes, Tensor } from '../contents.ts';
import { checkLength, rule } from '../damage.ts';
import type { Problems } from '../gather-problems.ts';
import { partOfName } from '../part-of-name.ts';
import type { Source } from '../source.ts';
import type { ArrayHeader } from './parse-header.ts';
import { readArrayHeader } from './read-header.ts';

const dtypes: ReadonlyMap<string, string> = new Map([
  ['f8', 'float64'],
  ['f4', 'float32'],
  ['f2', 'float16'],
  ['i1', 'int8'],
  ['i2', 'int16'],
  ['i4', 'int32'],
  ['i8', 'int64'],
  ['u1', 'uint8'],
  ['u2', 'uint16'],
  ['u4', 'uint32'],
  ['u8', 'uint64'],
  ['b1', 'bool'],
  ['c8', 'complex64'],
  ['c16', 'complex128'],
]);

/** An npy file, or a member of an npz, as a tensor. What is wrong with its bytes goes to the problems. @throws Damage */
export async function readArray(source: Source, name: string, problems: Problems): Promise<Tensor> {
  const { header, dataStart } = await readArrayHeader(source);
  const { shape, type, itemSize, elements } = header;
  rule(shape.every(Number.isSafeInteger), 'its shape asks for more than there can be');
  const isWhole = await problems.try(() => {
    if (itemSize !== null) checkLength(source.size, dataStart + elements * itemSize);
    return true;
  });
  const length = elements * (itemSize ?? 0);
  const isThere = isWhole && itemSize !== null && dataStart + length <= source.size;
  const byteOrder: StorageBytes['byteOrder'] = type.startsWith('>') ? 'big' : 'little';
  return {
    name,
    dtype: dtypeOf(header),
    shape,
    stride: header.isFortran ? rowMajorStrides(shape.toReversed()).reverse() : rowMajorStrides(shape),
    offset: 0,
    bytes: Number.isSafeInteger(length) ? length : 0,
    storage: null,
    part: partOfName(name),
    data: isThere ? { source, start: dataStart, length, byteOrder } : null,
  };
}

function dtypeOf({ type, itemSize }: ArrayHeader): string {
  if (itemSize === null) return 'object';
  const bare = type.replace(/^[<>|=]/, '');
  return dtypes.get(bare) ?? bare;
}
