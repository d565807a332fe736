import type { StoredValues, Tensor } from '../formats/contents.ts';
import { elementBits } from '../formats/element-sizes.ts';
import { whyNotScaled } from './channels.ts';
import { elementTypes } from './element-types.ts';
import { isWalkable, layoutOf, sortElements } from './layout.ts';

/**
 * Why no statistics can be had of a tensor, in a few words; null where they can, as far as that is known before its elements are
 * read: what is packed may yet turn out damaged.
 */
export function whyNotMeasured(tensor: Tensor): string | null {
  const stored = tensor.values ?? tensor;
  if (!elementTypes.has(stored.dtype)) return describeType(stored.dtype);
  if (!stored.data) return tensor.notRead ?? 'its elements are not in the file, or not as they are';
  return whyNotScaled(tensor) ?? whyNotWalked(stored, stored.data.length);
}

/** @param length of its storage, in bytes */
function whyNotWalked(stored: StoredValues, length: number): string | null {
  const found = layoutOf(stored);
  if (!found) return 'it reaches beyond its storage';
  const elements = length / found.type.width;
  // Nearly all are no longer than what they are made of, and need not be sorted for that.
  const isEndless =
    !stored.shape.includes(0) && !isWalkable(found.layout, elements) && !sortElements(found.layout, elements);
  return isEndless ? 'its elements overlap too much to be walked' : null;
}

/** What numpy and ggml have beside numbers, by their names for it. */
const kinds: readonly (readonly [RegExp, string])[] = [
  [/^object$/, 'Python objects, of which none is read'],
  [/^(?:[USa]\d+|string)$/, 'texts, and no numbers'],
  [/^[Mm]8/, 'times, and no numbers'],
  [/^(?:record|compound)$/, 'records of several fields'],
  [/^V\d+$/, 'bytes of no type'],
  [/^(?:[ti]?q\d_|mxfp4)/, 'packed in blocks that are not read'],
];

function describeType(dtype: string): string {
  const what = kinds.find(([names]) => names.test(dtype))?.[1];
  if (what !== undefined) return `its elements are ${what} (${dtype})`;
  const bits = elementBits(dtype);
  const isPacked = bits !== null && (bits < 8 || /x\d$/.test(dtype));
  return isPacked
    ? `several of its elements share a byte (${dtype})`
    : `its elements are no numbers that are known (${dtype})`;
}
