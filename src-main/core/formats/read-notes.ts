import type { Notes } from './contents.ts';
import { readHead } from './read-head.ts';
import { detectFormat } from './registry.ts';
import type { Source } from './source.ts';

/** How much of a pickle or header is read for what a file says of itself, in bytes: models of a thousand tensors need a tenth. */
const notesBudget = 4 * 1024 * 1024;

/**
 * What a checkpoint says of itself; null where its format has no place for that. Tensors are passed over, nothing is
 * executed, and a part of what it says is not given for the whole: then Damage is thrown.
 */
export async function readNotes(source: Source): Promise<Notes | null> {
  const detected = detectFormat(await readHead(source));
  return (await detected?.format.readNotes?.(source, notesBudget)) ?? null;
}
