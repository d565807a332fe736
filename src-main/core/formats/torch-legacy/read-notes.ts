import { ByteReader } from '../byte-reader.ts';
import type { Notes } from '../contents.ts';
import { PickledNames } from '../pickle/pickled-names.ts';
import type { Source } from '../source.ts';
import { notesOf } from '../torch/notes-of.ts';
import { readLegacyStart } from './read-pickles.ts';

/** What the object of a legacy stream says of itself. @throws Damage unless it is whole */
export async function readTorchLegacyNotes(source: Source, budget: number): Promise<Notes> {
  const { object } = await readLegacyStart(
    new ByteReader(source, 0, source.size, budget),
    new PickledNames(),
  );
  if (object.damage) throw object.damage;
  return notesOf(object.value);
}
