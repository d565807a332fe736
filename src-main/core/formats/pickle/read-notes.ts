import { ByteReader } from '../byte-reader.ts';
import type { Notes } from '../contents.ts';
import type { Source } from '../source.ts';
import { notesOf } from '../torch/notes-of.ts';
import { readWholePickle } from './read-pickle.ts';

/** What the first pickle of a source says of itself; arrays inside it are skipped. @throws Damage unless it is whole */
export async function readPickleNotes(source: Source, budget: number): Promise<Notes> {
  return notesOf(await readWholePickle(new ByteReader(source, 0, source.size, budget)));
}
