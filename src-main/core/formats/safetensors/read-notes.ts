import { readCount } from '../byte-reader.ts';
import type { Notes } from '../contents.ts';
import { Damage } from '../damage.ts';
import type { Source } from '../source.ts';
import { notesIn } from './read-contents.ts';
import { readHeader } from './read-header.ts';

/** What the writer noted under `__metadata__`. @throws Damage unless the header is whole */
export async function readSafetensorsNotes(source: Source, budget: number): Promise<Notes> {
  const isLong = source.size >= 8 && readCount(await source.read(0, 8), 0) > budget;
  if (isLong) throw new Damage('its header is longer than is read', 'unknown');
  return notesIn(await readHeader(source));
}
