import type { Tensor } from '../formats/contents.ts';

/** In which order the bytes of the elements stand that can be read; null where there are none. */
export function byteOrderOf(tensors: readonly Tensor[]): 'little' | 'big' | 'both' | null {
  const orders = new Set(tensors.flatMap(({ data }) => data?.byteOrder ?? []));
  const [first = null] = orders;
  return orders.size > 1 ? 'both' : first;
}
