import { Damage, rule } from '../damage.ts';
import { type FormatName, type Structure, whole } from '../format.ts';
import { formatCount } from '../plain-text.ts';
import type { Source } from '../source.ts';
import { readVarint } from './read-varint.ts';

const graphField = 7;
const opsetField = 8;
const mostFields = 100_000;

/**
 * Whole: the fields of the model end exactly where the file ends, and the graph and the opset are among them. A file
 * cut exactly between two fields after those (notes such as metadata_props) cannot be told from a whole one.
 */
export async function checkOnnx(source: Source, recognised: FormatName): Promise<Structure> {
  const seen = new Set<number>();
  let position = 0;
  for (let count = 0; position < source.size; count += 1) {
    if (count > mostFields) throw new Damage('it has more parts than are looked at', 'unknown');
    const field = await readField(source, position);
    seen.add(field.number);
    position = field.end;
  }
  rule(
    seen.has(graphField) && seen.has(opsetField),
    `${formatCount(source.size)} bytes: the end of the model is missing`,
  );
  return whole(recognised);
}

async function readField(source: Source, position: number): Promise<{ number: number; end: number }> {
  const cutOff = () => `${formatCount(source.size)} bytes: the end of the model is missing`;
  const bytes = await source.read(position, Math.min(20, source.size - position));
  const tag = readVarint(bytes, 0);
  rule(tag !== null, cutOff);
  const length = payloadLength(bytes, tag.end, tag.value % 8);
  rule(length !== null, cutOff);
  const end = position + tag.end + length;
  rule(end <= source.size, cutOff);
  return { number: Math.floor(tag.value / 8), end };
}

/** Bytes after the tag: a varint, 8 bytes, a length and what it counts, or 4 bytes. Null when cut off. */
function payloadLength(bytes: Buffer, at: number, wireType: number): number | null {
  if (wireType === 1) return 8;
  if (wireType === 5) return 4;
  const varint = readVarint(bytes, at);
  if (varint === null) return null;
  if (wireType === 0) return varint.end - at;
  rule(wireType === 2, 'the fields of the model are broken');
  return varint.end - at + varint.value;
}
