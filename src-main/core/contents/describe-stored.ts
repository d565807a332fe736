import type { StoredAs } from '../../../shared/model/inspect-output.ts';
import { countElements } from '../../../shared/statistics/count-shown.ts';
import type { Tensor } from '../formats/contents.ts';

function describeSparse(elements: number, values: number): StoredAs {
  const implied = Number.isSafeInteger(elements) ? Math.max(0, elements - values) : null;
  return { kind: 'sparse', values, implied_zeros: implied };
}

/** What the numbers of a tensor are of where they are not simply its elements; else null. */
export function describeStored({ shape, values, quantized }: Tensor): StoredAs | null {
  if (values) return describeSparse(countElements(shape), countElements(values.shape));
  if (!quantized) return null;
  const { scheme, scale, zeroPoint, axis } = quantized;
  return { kind: 'quantized', scheme, scale, zero_point: zeroPoint, axis };
}
