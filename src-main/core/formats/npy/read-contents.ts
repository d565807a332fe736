import type { Contents, Entry, Tensor } from '../contents.ts';
import { plainContents } from '../empty-contents.ts';
import type { FormatName } from '../format.ts';
import { Problems } from '../gather-problems.ts';
import { PickledNames } from '../pickle/pickled-names.ts';
import type { Source } from '../source.ts';
import { describeLoading } from '../torch/classify-global.ts';
import { type Findings, readArray } from './read-array.ts';

/** One array, named after nothing. */
export async function readNpyContents(source: Source, recognised: FormatName): Promise<Contents> {
  const findings = { problems: new Problems(), names: new PickledNames() };
  return contentsOfArrays(recognised, [await readArray(source, '', findings)], findings);
}

/** Arrays as contents. Those of Python objects are pickles: what they name is listed, and nothing is looked up. */
export function contentsOfArrays(
  format: FormatName,
  tensors: readonly Tensor[],
  { problems, names }: Findings,
): Contents {
  return {
    ...plainContents(format, problems.sentences, tensors.map(describeArray)),
    tensors,
    stopped: problems.stopped,
    ...describeLoading(names),
  };
}

function describeArray({ name, dtype, shape }: Tensor): Entry {
  const isPickle = dtype === 'object';
  const summary = isPickle
    ? 'Python objects: a pickle, of which no element is read'
    : `${dtype} [${shape.join(', ')}]`;
  return { key: name, type: isPickle ? 'object array (pickle)' : 'array', summary };
}
