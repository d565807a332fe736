import { type FormatName, type Structure, whole } from '../format.ts';
import type { Source } from '../source.ts';
import { readTree } from './read-tree.ts';

/** Whole: JSON to its end. What it names is in other files. */
export async function checkOrbax(source: Source, recognised: FormatName): Promise<Structure> {
  await readTree(source);
  return whole(recognised);
}
