import { rowMajorStrides } from '../../tensors/layout.ts';
import { ByteReader } from '../byte-reader.ts';
import type { StorageBytes, Tensor } from '../contents.ts';
import { checkLength, rule } from '../damage.ts';
import type { Problems } from '../gather-problems.ts';
import { mostDimensions } from '../most-dimensions.ts';
import { numpyType } from '../numpy-types.ts';
import { partOfName } from '../part-of-name.ts';
import type { PickledNames } from '../pickle/pickled-names.ts';
import { readPickle, readRest } from '../pickle/read-pickle.ts';
import { asKind, itemsOf, type Value } from '../pickle/value.ts';
import { formatCount } from '../plain-text.ts';
import type { Source } from '../source.ts';
import type { ArrayHeader } from './parse-header.ts';
import { readArrayHeader } from './read-header.ts';

/** What is found on the way: what is wrong with the bytes, and what the pickles of Python objects name. */
export interface Findings {
  problems: Problems;
  names: PickledNames;
}

/** An npy file, or a member of an npz, as a tensor. @throws Damage when its header cannot be read */
export async function readArray(
  source: Source,
  name: string,
  { problems, names }: Findings,
): Promise<Tensor> {
  const { header, dataStart } = await readArrayHeader(source);
  const { shape, type, itemSize, elements } = header;
  rule(shape.length <= mostDimensions, 'it has more dimensions than there can be');
  rule(shape.every(Number.isSafeInteger), 'its shape asks for more than there can be');
  const isWhole = await problems.try(async () => {
    if (itemSize === null) await followPickle(source, dataStart, elements, { problems, names });
    else checkLength(source.size, dataStart + elements * itemSize);
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

/** How much of a pickle is read, in bytes. */
const pickleBudget = 64 * 1024 * 1024;

/** Python objects are a pickle, which numpy would run: it is followed for what it names, and no more. */
async function followPickle(
  source: Source,
  start: number,
  elements: number,
  { problems, names }: Findings,
): Promise<void> {
  const reader = new ByteReader(source, start, source.size, pickleBudget);
  const { value, damage } = await readPickle(reader, names);
  const problem = damage
    ? `${damage.message}${countObjects(value, elements)}`
    : await readRest(reader, names);
  if (problem !== null) problems.add(problem);
  names.budget.dropValues();
}

/** How many objects of a torn array are whole, where its list of them has begun: the last one that stands there may be a part. */
function countObjects(value: Value, elements: number): string {
  const objects = itemsOf(itemsOf(asKind(value, 'call')?.state)?.at(-1));
  return objects ? `; ${formatCount(objects.length)} of ${formatCount(elements)} objects are there` : '';
}

function dtypeOf({ type, itemSize }: ArrayHeader): string {
  if (itemSize === null) return 'object';
  const bare = type.replace(/^[<>|=]/, '');
  return numpyType(bare) ?? bare;
}
