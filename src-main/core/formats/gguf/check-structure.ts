import { type FormatName, type Structure, torn, unknown } from '../format.ts';
import { formatCount } from '../plain-text.ts';
import type { Source } from '../source.ts';

/** Magic, version, number of tensors, number of key-values. */
const headerLength = 24;

/** Never whole: where its last tensor ends is not worked out. */
export async function checkGguf(source: Source, recognised: FormatName): Promise<Structure> {
  if (source.size < headerLength) {
    return torn(recognised, `${formatCount(source.size)} bytes: its header is cut off`);
  }
  return unknown(recognised, 'a GGUF model: its structure is not checked');
}
