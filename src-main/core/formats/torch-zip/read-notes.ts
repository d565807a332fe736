import type { Notes } from '../contents.ts';
import { readPickleNotes } from '../pickle/read-notes.ts';
import type { Source } from '../source.ts';
import { torchPrefix } from '../zip/kinds.ts';
import type { Member } from '../zip/read-archive.ts';
import { openNamed, stripPrefix } from './read-archive-contents.ts';

/** What the pickle of an archive of `torch.save` says of itself. @throws Damage unless it is whole */
export async function readTorchNotes(
  source: Source,
  members: readonly Member[],
  budget: number,
): Promise<Notes> {
  const prefix = torchPrefix(new Set(members.map(({ name }) => name))) ?? '';
  return readPickleNotes(await openNamed(stripPrefix(source, members, prefix), 'data.pkl'), budget);
}
