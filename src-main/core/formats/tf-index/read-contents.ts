import type { Contents, Entry, Tensor } from '../contents.ts';
import { plainContents } from '../empty-contents.ts';
import type { FormatName } from '../format.ts';
import { Problems } from '../gather-problems.ts';
import { partOfName } from '../part-of-name.ts';
import { plainName, plural } from '../plain-text.ts';
import type { Source } from '../source.ts';
import { type BundleEntry, BundleReader } from './read-entries.ts';
import { readFooter, readTable } from './read-table.ts';
import { recoverTable } from './recover-table.ts';

/**
 * The tensors that an index of TensorFlow lists, of a torn one those before its end. Their elements are in the files beside it, which are
 * not opened.
 */
export async function readTfIndexContents(source: Source, recognised: FormatName): Promise<Contents> {
  const problems = new Problems();
  const reader = new BundleReader();
  await problems.try(async () => {
    for await (const block of readTable(source)) await reader.take(block);
    reader.finish();
  });
  if ((await readFooter(source)) === null) await problems.try(() => recover(source, reader, problems));
  const { shards, isBigEndian, entries } = reader.bundle;
  const known: Entry[] = [
    { key: 'data files', type: 'number', summary: String(shards) },
    { key: 'byte order', type: 'text', summary: isBigEndian ? 'big' : 'little' },
  ];
  return {
    ...plainContents(recognised, problems.sentences, shards > 0 ? known : []),
    tensors: entries.map(toTensor),
  };
}

async function recover(source: Source, reader: BundleReader, problems: Problems): Promise<void> {
  const { entries, isAll } = await recoverTable(source);
  await reader.take(entries);
  const { entries: tensors } = reader.bundle;
  const found = plural(tensors.length, 'tensor');
  const last = plainName(tensors.at(-1)?.key ?? '');
  if (isAll) problems.add(`all that it listed is there: ${found}`);
  else if (tensors.length === 0) problems.add('it ends before its first tensor');
  else problems.add(`listed before its end: ${found}, up to ${last}; how many came after is not known`);
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
