import type { Tensor } from '../formats/contents.ts';
import type { TensorPair } from '../tensors/compare-tensors.ts';
import { pairRenamed } from './pair-renamed.ts';

/** The tensors of two checkpoints by their names. One that is named twice in a file is paired in the order of the files. */
export interface PairedTensors {
  /** In the second one alone. */
  added: Tensor[];
  /** In the first one alone. */
  removed: Tensor[];
  pairs: TensorPair[];
}

export function pairTensors(a: readonly Tensor[], b: readonly Tensor[]): PairedTensors {
  const named = pairByName(a, b);
  const renamed = pairRenamed(named);
  const found = new Set(renamed.flatMap((pair) => [pair.a, pair.b]));
  const isLeft = (tensor: Tensor) => !found.has(tensor);
  return {
    added: named.added.filter(isLeft),
    removed: named.removed.filter(isLeft),
    pairs: [...named.pairs, ...renamed],
  };
}

function pairByName(a: readonly Tensor[], b: readonly Tensor[]): PairedTensors {
  // Of those with one name the first is the last here, from where it is taken.
  const waiting = new Map<string, Tensor[]>();
  for (const tensor of b.toReversed()) {
    const alike = waiting.get(tensor.name);
    if (alike) alike.push(tensor);
    else waiting.set(tensor.name, [tensor]);
  }
  const pairs: TensorPair[] = [];
  const removed: Tensor[] = [];
  for (const tensor of a) {
    const other = waiting.get(tensor.name)?.pop();
    if (other) pairs.push({ a: tensor, b: other });
    else removed.push(tensor);
  }
  const left = new Set([...waiting.values()].flat());
  return { added: b.filter((tensor) => left.has(tensor)), removed, pairs };
}
