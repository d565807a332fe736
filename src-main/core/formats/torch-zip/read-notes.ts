import { ByteReader } from '../byte-reader.ts';
import type { Notes } from '../contents.ts';
import { readWholePickle } from '../pickle/read-pickle.ts';
import type { Source } from '../source.ts';
import { notesOf, numbersToRead } from '../torch/notes-of.ts';
import { torchPrefix } from '../zip/kinds.ts';
import type { Member } from '../zip/read-archive.ts';
import { openNamed, stripPrefix, surroundingsIn, toldAround } from './read-archive-contents.ts';

/** What the pickle of an archive of `torch.save` says of itself. @throws Damage unless it is whole */
export async function readTorchNotes(
  source: Source,
  members: readonly Member[],
  budget: number,
): Promise<Notes> {
  const prefix = torchPrefix(new Set(members.map(({ name }) => name))) ?? '';
  const archive = stripPrefix(source, members, prefix);
  const pickle = await openNamed(archive, 'data.pkl');
  const root = await readWholePickle(new ByteReader(pickle, 0, pickle.size, budget));
  if (numbersToRead(root).length === 0) return notesOf(root);
  return notesOf(root, await toldAround(archive, root, await surroundingsIn(archive, pickle)));
}
