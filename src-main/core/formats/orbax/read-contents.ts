import { type Json, objectOrNull, ownValue } from '../../../../shared/model/json.ts';
import type { Contents, Tensor } from '../contents.ts';
import { rule } from '../damage.ts';
import { plainContents } from '../empty-contents.ts';
import type { FormatName } from '../format.ts';
import { Problems } from '../gather-problems.ts';
import { mostDimensions } from '../most-dimensions.ts';
import { mostTensors } from '../most-tensors.ts';
import { partOfName } from '../part-of-name.ts';
import { plainName, plural } from '../plain-text.ts';
import type { Source } from '../source.ts';
import { readTree, recoverTree } from './read-tree.ts';

const most = { tensors: mostTensors, keys: 64 };

/** Switches that stand beside the tree. */
const told = ['use_ocdbt', 'use_zarr3', 'store_array_data_equal_to_fill_value', 'custom_metadata'];

/** The arrays of a tree that Orbax saved, each by the keys that lead to it. What they hold is in a database beside it, which is not opened. */
export async function readOrbaxContents(source: Source, recognised: FormatName): Promise<Contents> {
  const problems = new Problems();
  const read = await problems.try(() => readTree(source));
  const tree = read ?? (await recoverTree(source));
  const leaves = Object.entries(objectOrNull(ownValue(tree, 'tree_metadata')) ?? {});
  if (!read) problems.add(describeWhole(leaves.length));
  if (leaves.length > most.tensors) problems.add('it names more arrays than are looked at');
  const tensors: Tensor[] = [];
  for (const [key, leaf] of leaves.slice(0, most.tensors)) {
    const tensor = await problems.try(() => toTensor(leaf), plainName(key));
    if (tensor) tensors.push(tensor);
  }
  const metadata = told.flatMap((key): [string, Json][] => {
    const value = ownValue(tree, key);
    return value === undefined ? [] : [[key, value]];
  });
  return {
    ...plainContents(recognised, problems.sentences, [
      { key: 'tree_metadata', type: 'tree', summary: `${leaves.length} leaves` },
    ]),
    metadata: metadata.length === 0 ? null : Object.fromEntries(metadata),
    tensors,
  };
}

const describeWhole = (leaves: number): string =>
  `${plural(leaves, 'leaf', 'leaves')} of its tree ${leaves === 1 ? 'is' : 'are'} whole: those after that are missing`;

/** Null for a leaf that is no array: a text, or nothing at all. */
function toTensor(leaf: Json): Tensor | null {
  const value = objectOrNull(ownValue(objectOrNull(leaf), 'value_metadata'));
  const type = ownValue(value, 'value_type');
  if (typeof type !== 'string' || !/array|scalar|^(int|float)$/i.test(type)) return null;
  const name = namesOf(ownValue(objectOrNull(leaf), 'key_metadata')).join('.');
  return {
    name,
    dtype: 'unknown',
    shape: shapeOf(ownValue(value, 'write_shape')),
    stride: null,
    offset: null,
    bytes: 0,
    storage: null,
    part: partOfName(name),
    data: null,
  };
}

function namesOf(keys: Json | undefined): string[] {
  rule(Array.isArray(keys) && keys.length <= most.keys, 'it does not say what leads to it');
  return keys.map((key) => String(ownValue(objectOrNull(key), 'key') ?? ''));
}

/** Versions before 0.11 do not write it; then nothing is known of it. */
function shapeOf(shape: Json | undefined): number[] {
  if (!Array.isArray(shape)) return [];
  const isShape =
    shape.length <= mostDimensions && shape.every((side) => Number.isSafeInteger(side) && Number(side) >= 0);
  rule(isShape, 'its shape is none that there can be');
  return shape.map(Number);
}
