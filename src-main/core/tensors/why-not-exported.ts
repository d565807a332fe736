import type { Tensor } from '../formats/contents.ts';
import { whyNotMeasured } from './why-not-measured.ts';

/** Why a tensor's elements cannot be written as an array, in a few words, where no more than the tensor is known. */
export function whyNotExported(tensor: Tensor): string {
  if (tensor.values) return 'it is sparse, and what it stores is no array of its shape';
  return whyNotMeasured(tensor) ?? 'its elements cannot be read in their order';
}
