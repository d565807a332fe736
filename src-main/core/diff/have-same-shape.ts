import type { TensorPair } from '../tensors/compare-tensors.ts';

export function haveSameShape({ a, b }: TensorPair): boolean {
  return a.shape.length === b.shape.length && a.shape.every((size, index) => size === b.shape[index]);
}
