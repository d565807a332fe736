import type { Contents, Entry, Tensor } from '../contents.ts';
import { emptyContents } from '../empty-contents.ts';
import type { FormatName } from '../format.ts';
import { Problems } from '../gather-problems.ts';
import type { Source } from '../source.ts';
import { readArray } from './read-array.ts';

/** One array, named after nothing. */
export async function readNpyContents(source: Source, recognised: FormatName): Promise<Contents> {
  const problems = new Problems();
  return contentsOfArrays(recognised, [await readArray(source, '', problems)], problems);
}

/** Arrays as contents. Those of Python objects are pickles: they are shown, not read, and numpy runs them. */
export function contentsOfArrays(
  format: FormatName,
  tensors: readonly Tensor[],
  problems: Problems,
): Contents {
  const entries = tensors.map(describeArray);
  const hasObjects = tensors.some(({ dtype }) => dtype === 'object');
  return {
    ...emptyContents(format, problems.sentences, entries),
    tensors,
    trust: hasObjects ? 'runs-code' : 'tensors-only',
  };
}

function describeArray({ name, dtype, shape }: Tensor): Entry {
  const isPickle = dtype === 'object';
  const summary = isPickle ? 'Python objects: a pickle, which is not read' : `${dtype} [${shape.join(', ')}]`;
  return { key: name, type: isPickle ? 'object array (pickle)' : 'array', summary };
}
