import { checkLength } from '../damage.ts';
import { type FormatName, type Structure, whole } from '../format.ts';
import { walkToEnd } from '../pickle/check-structure.ts';
import type { Source } from '../source.ts';
import { readArrayHeader } from './read-header.ts';

/** Whole: after the header come as many bytes as shape and type ask for; for Python objects, a whole pickle. */
export async function checkNpy(source: Source, recognised: FormatName): Promise<Structure> {
  const { header, dataStart } = await readArrayHeader(source);
  if (header.itemSize === null) await walkToEnd(source, dataStart);
  else checkLength(source.size, dataStart + header.elements * header.itemSize);
  return whole(recognised);
}
