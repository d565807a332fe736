import { elementTypes } from '../../tensors/element-types.ts';
import { asKind, fullName, type Value } from '../pickle/value.ts';
import { bufferSource } from '../source.ts';
import { rebuildTensor } from './rebuild-tensor.ts';
import type { Surroundings } from './surroundings.ts';

/** What sort of number a tensor without a dimension holds: a whole one of floats is not one that counts. */
export type ScalarSort = 'float' | 'whole';

/** Enough to tell what a tensor is like, without its number. */
const nowhere: Surroundings = {
  source: bufferSource('', Buffer.alloc(0)),
  findStorage: () => 'not asked for',
};

/** Null for anything but a tensor without a dimension, and for a parameter: that was trained, and measures nothing. */
export function scalarSort(value: Value): ScalarSort | null {
  const call = asKind(value, 'call');
  if (!call || /parameter/i.test(fullName(call.callee))) return null;
  const tensor = rebuildTensor(value, nowhere);
  if (tensor === null || tensor === 'malformed' || tensor.shape.length > 0) return null;
  const type = elementTypes.get(tensor.dtype);
  if (type?.parts !== 1 || tensor.quantized) return null;
  return /float/.test(tensor.dtype) ? 'float' : 'whole';
}
