import type { Notes } from '../contents.ts';
import type { FormatName } from '../format.ts';
import { readKerasNotes } from '../keras/read-notes.ts';
import { readStableBaselinesNotes } from '../sb3/read-notes.ts';
import type { Source } from '../source.ts';
import { readTorchNotes } from '../torch-zip/read-notes.ts';
import { zipKind } from './kinds.ts';
import { type Member, readArchive } from './read-archive.ts';

type ReadNotes = (source: Source, members: readonly Member[], budget: number) => Promise<Notes | null>;

const readers: ReadonlyMap<FormatName, ReadNotes> = new Map<FormatName, ReadNotes>([
  ['torch-zip', readTorchNotes],
  ['torchscript', readTorchNotes],
  ['sb3', readStableBaselinesNotes],
  ['keras', readKerasNotes],
]);

/** What an archive says of itself, by the kind of checkpoint that its members make it. @throws Damage unless it is whole */
export async function readZipNotes(source: Source, budget: number): Promise<Notes | null> {
  const members = await readArchive(source);
  const { name: kind } = zipKind(new Set(members.map(({ name }) => name)));
  return (await readers.get(kind)?.(source, members, budget)) ?? null;
}
