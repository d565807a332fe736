import type { Tensor } from './contents.ts';
import { partOfKey } from './torch/part-of.ts';

/** What a tensor belongs to in a file that holds nothing but tensors: the model, unless its name says otherwise. */
export function partOfName(name: string): Tensor['part'] {
  const [first = ''] = name.split('.');
  return partOfKey(first) === 'optimizer' ? 'optimizer' : 'model';
}
