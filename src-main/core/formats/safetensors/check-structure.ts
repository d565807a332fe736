import { type FormatName, type Structure, whole } from '../format.ts';
import type { Source } from '../source.ts';
import { checkTiling, readEntry, readHeader } from './read-header.ts';

/**
 * Whole: the header is JSON, its tensors lie one after another without hole or overlap, each as long as its shape and
 * type say, and the last one ends where the file ends. The rules of the reference implementation.
 */
export async function checkSafetensors(source: Source, recognised: FormatName): Promise<Structure> {
  const { dataStart, entries } = await readHeader(source);
  checkTiling(
    source,
    dataStart,
    entries.map(([name, entry]) => readEntry(name, entry)),
  );
  return whole(recognised);
}
