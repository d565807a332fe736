import { checkLength, rule } from '../damage.ts';
import { type FormatName, type Structure, whole } from '../format.ts';
import { walkToEnd } from '../pickle/check-structure.ts';
import { formatCount } from '../plain-text.ts';
import type { Source } from '../source.ts';
import { parseArrayHeader } from './parse-header.ts';

const longestHeader = 1024 * 1024;

/** Whole: after the header come as many bytes as shape and type ask for; for Python objects, a whole pickle. */
export async function checkNpy(source: Source, recognised: FormatName): Promise<Structure> {
  const cutOff = () => `${formatCount(source.size)} bytes: its header is cut off`;
  rule(source.size >= 12, cutOff);
  const start = await source.read(0, 12);
  // Version 1.0 has a 16-bit length, the later ones a 32-bit one.
  const [length, at] = start[6] === 1 ? [start.readUInt16LE(8), 10] : [start.readUInt32LE(8), 12];
  rule(length <= longestHeader, 'its header is longer than any that is written');
  rule(at + length <= source.size, cutOff);
  const header = parseArrayHeader((await source.read(at, length)).toString('latin1'));
  if (header.itemSize === null) await walkToEnd(source, at + length);
  else checkLength(source.size, at + length + header.elements * header.itemSize);
  return whole(recognised);
}
