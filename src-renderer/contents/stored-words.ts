import type { TensorView } from '../../shared/model/contents-view.ts';
import type { StoredAs } from '../../shared/model/inspect-output.ts';
import { exactNumber } from '../format/format-number.ts';
import { plural } from '../format/plural.ts';
import { visibleText } from '../format/visible-text.ts';

/** Zeros are told beside the others' count: who reads `Zeros 0` would believe it. */
function sparseWords({ values, implied_zeros: implied }: Extract<StoredAs, { kind: 'sparse' }>): string {
  const own = `sparse: its numbers are those of ${plural(values, 'stored value')}`;
  if (implied === 0) return own;
  return `${own}; the ${implied === null ? 'zeros' : plural(implied, 'zero')} that it implies are not counted`;
}

/** What the numbers that are told of a tensor are, where they are not simply its elements; else null. */
export function numbersWords({
  dtype,
  stored_as: stored,
}: Pick<TensorView, 'dtype' | 'stored_as'>): string | null {
  const isComplex = dtype.startsWith('complex');
  const told = [...(stored ? [storedWords(stored)] : []), ...(isComplex ? [complexWords] : [])];
  return told.length === 0 ? null : told.join('; ');
}

const complexWords = 'complex: statistics, histogram and colours are of magnitudes';

/** What the numbers of a tensor are of where they are not simply its elements. */
export function storedWords(stored: StoredAs): string {
  if (stored.kind === 'sparse') return sparseWords(stored);
  const { scheme, scale, zero_point: zero, axis } = stored;
  const own =
    scale === null
      ? `a scale for each ${axis === null ? 'channel' : `index of dimension ${axis}`}`
      : `scale ${exactNumber(Number(scale))}`;
  const point = zero === null ? '' : `, zero point ${zero}`;
  return `quantized (${visibleText(scheme)}), ${own}${point}: its numbers are what its integers stand for`;
}
