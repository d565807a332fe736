import { readCount } from '../byte-reader.ts';
import type { Notes } from '../contents.ts';
import { Damage } from '../damage.ts';
import type { Source } from '../source.ts';
import { looseState } from '../torch/notes-of.ts';
import { notesIn, parseNote } from './read-contents.ts';
import { type Header, readHeader } from './read-header.ts';

/** What the writer noted under `__metadata__`. @throws Damage unless the header is whole */
export async function readSafetensorsNotes(source: Source, budget: number): Promise<Notes> {
  const isLong = source.size >= 8 && readCount(await source.read(0, 8), 0) > budget;
  if (isLong) throw new Damage('its header is longer than is read', 'unknown');
  const header = await readHeader(source);
  return { ...notesIn(header), ...(header.notes.has('metadata') ? {} : looseNotes(header)) };
}

/** Where each note stands by itself it has to be a text, whatever it is: what reads as JSON is meant as that. */
function looseNotes({ notes }: Header): Partial<Notes> {
  const values = [...notes].map(([key, text]) => [key, parseNote(text)] as const);
  const metadata = values.length > 0 ? Object.fromEntries(values) : null;
  return notes.has('training_state') ? { metadata } : { metadata, trainingState: looseState(values) };
}
