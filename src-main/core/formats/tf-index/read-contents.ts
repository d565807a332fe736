import type { Contents, Tensor } from '../contents.ts';
import { plainContents } from '../empty-contents.ts';
import type { FormatName } from '../format.ts';
import { partOfName } from '../part-of-name.ts';
import type { Source } from '../source.ts';
import { type BundleEntry, readBundle } from './read-entries.ts';

/** The tensors that an index of TensorFlow lists. Their elements are in the files beside it, which are not opened. */
export async function readTfIndexContents(source: Source, recognised: FormatName): Promise<Contents> {
  const { shards, isBigEndian, entries } = await readBundle(source);
  return {
    ...plainContents(
      recognised,
      [],
      [
        { key: 'data files', type: 'number', summary: String(shards) },
        { key: 'byte order', type: 'text', summary: isBigEndian ? 'big' : 'little' },
      ],
    ),
    tensors: entries.map(toTensor),
  };
}

/** What each saved variable of an object ends with, which tells nothing. tensorflow/python/checkpoint/graph_view.py */
const plumbing = /\/\.ATTRIBUTES\/VARIABLE_VALUE$/;

function toTensor({ key, dtype, shape, size }: BundleEntry): Tensor {
  const name = key
    .replace(plumbing, '')
    .split('/')
    .map((part) => part.replace(/^\./, ''))
    .join('.');
  return {
    name,
    dtype,
    shape,
    stride: null,
    offset: null,
    bytes: size,
    storage: null,
    part: partOf(key, dtype, name),
    data: null,
  };
}

/** An optimizer's state stands beside the variable that it is of. */
function partOf(key: string, dtype: string, name: string): Tensor['part'] {
  if (dtype === 'string') return 'other';
  return key.includes('/.OPTIMIZER_SLOT/') ? 'optimizer' : partOfName(name);
}
