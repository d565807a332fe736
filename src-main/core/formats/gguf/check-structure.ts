import { rule } from '../damage.ts';
import { type FormatName, type Structure, unknown, whole } from '../format.ts';
import { formatCount } from '../plain-text.ts';
import type { Source } from '../source.ts';
import { locate } from './locate-tensors.ts';
import { readGgufHeader } from './read-header.ts';

/** Whole: the header can be read to its end, and every tensor lies inside the file. Padding after the last one may be missing. */
export async function checkGguf(source: Source, recognised: FormatName): Promise<Structure> {
  const header = await readGgufHeader(source);
  const tensors = header.infos.map((info) => locate(header, info));
  const end = tensors.reduce((last, { start, length }) => Math.max(last, start + (length ?? 0)), 0);
  rule(
    end <= source.size,
    () => `${formatCount(source.size)} of ${formatCount(end)} bytes: the end of the file is missing`,
  );
  const isKnown = tensors.every(({ length }) => length !== null);
  return isKnown
    ? whole(recognised)
    : unknown(recognised, 'a GGUF model with tensors of a type whose size is not known');
}
