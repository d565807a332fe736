import { ByteReader } from '../byte-reader.ts';
import { rule } from '../damage.ts';
import { type FormatName, type Structure, whole } from '../format.ts';
import { formatCount } from '../plain-text.ts';
import type { Source } from '../source.ts';
import { pass, takeHead } from './take-head.ts';

/** Trees of flax have thousands of values: what has more is not looked at to its end. In bytes. */
const budget = 16 * 1024 * 1024;

/** Whole: one value, with all that it promises, and nothing after it. msgpack/spec.md */
export async function checkFlaxMsgpack(source: Source, recognised: FormatName): Promise<Structure> {
  const reader = new ByteReader(source, 0, source.size, budget);
  for (let left = 1; left > 0; left -= 1) left += await passValue(reader);
  const rest = reader.remaining;
  rule(rest === 0, () => `${formatCount(rest)} bytes were added at its end`);
  return whole(recognised);
}

/** Moves on behind the head of a value, and its bytes. @returns how many values are in it */
async function passValue(reader: ByteReader): Promise<number> {
  const head = await takeHead(reader);
  if (head.kind === 'map') return 2 * head.count;
  if (head.kind === 'list') return head.count;
  if ('length' in head) pass(reader, head.length);
  return 0;
}
