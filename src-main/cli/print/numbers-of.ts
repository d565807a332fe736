import type { StoredAs } from '../../../shared/model/inspect-output.ts';
import type { DescribedTensor } from '../../core/contents/describe-inspection.ts';
import { plural } from '../../core/formats/plain-text.ts';

/** What the numbers of a tensor are of where they are not simply its elements, or why there are none. */
export function numbersOf({ stored_as: stored, not_measured: why }: DescribedTensor): string {
  if (why !== null) return `not measured: ${why}`;
  if (stored === null) return '';
  return stored.kind === 'sparse' ? sparseNumbers(stored) : quantizedNumbers(stored);
}

/** Zeros are told beside the others' count: who reads that there are none would believe it. */
function sparseNumbers({ values, implied_zeros: implied }: Extract<StoredAs, { kind: 'sparse' }>): string {
  const own = `sparse: of ${plural(values, 'stored value')}`;
  if (implied === 0) return own;
  return `${own}, not of the ${implied === null ? 'zeros' : plural(implied, 'zero')} that it implies`;
}

function quantizedNumbers(stored: Extract<StoredAs, { kind: 'quantized' }>): string {
  const { scheme, scale, zero_point: zero, axis } = stored;
  const along = axis === null ? 'of its channels' : `along dimension ${axis}`;
  const point = zero === null ? '' : `, zero point ${zero}`;
  const scales = scale === null ? `scales ${along}` : `scale ${scale}${point}`;
  return `quantized (${scheme}, ${scales}): of what its integers stand for`;
}
