import { ByteReader } from '../byte-reader.ts';
import type { Notes } from '../contents.ts';
import { PickledNames } from '../pickle/pickled-names.ts';
import type { Source } from '../source.ts';
import { notesOf, numbersToRead } from '../torch/notes-of.ts';
import { readScalars } from '../torch/read-scalars.ts';
import { locateStorages } from './locate-storages.ts';
import { readLegacyStart } from './read-pickles.ts';

/** What the object of a legacy stream says of itself. @throws Damage unless it is whole */
export async function readTorchLegacyNotes(source: Source, budget: number): Promise<Notes> {
  const reader = new ByteReader(source, 0, source.size, budget);
  const names = new PickledNames();
  const start = await readLegacyStart(reader, names);
  const { damage, value } = start.object;
  if (damage) throw damage;
  const wanted = numbersToRead(value);
  if (wanted.length === 0) return notesOf(value);
  const { storages } = await locateStorages(reader, source, start, names);
  const findStorage = (key: string) => storages.get(key) ?? 'its storage is not in the file';
  return notesOf(value, { name: source.name, scalars: await readScalars(wanted, { source, findStorage }) });
}
