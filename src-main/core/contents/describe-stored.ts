import type { StoredAs } from '../../../shared/model/inspect-output.ts';
import type { Tensor } from '../formats/contents.ts';
import { countElements } from './count-totals.ts';

/** What the numbers of a tensor are of where they are not simply its elements; else null. */
export function describeStored({ values, quantized }: Tensor): StoredAs | null {
  if (values) return { kind: 'sparse', values: countElements(values.shape) };
  if (!quantized) return null;
  const { scheme, scale, zeroPoint, axis } = quantized;
  return { kind: 'quantized', scheme, scale, zero_point: zeroPoint, axis };
}
