import { type FormatName, type Structure, whole } from '../format.ts';
import type { Source } from '../source.ts';
import { readBundle } from './read-entries.ts';

/** Whole: it ends as an index does, every block matches its checksum, and every entry can be read. */
export async function checkTfIndex(source: Source, recognised: FormatName): Promise<Structure> {
  await readBundle(source);
  return whole(recognised);
}
