import type { Notes } from '../contents.ts';
import { noNotes } from '../empty-contents.ts';
import type { Source } from '../source.ts';
import type { Member } from '../zip/read-archive.ts';
import { readJsonMember } from './read-json-member.ts';
import { savedAt } from './saved-at.ts';
import { versionIn, writtenByKeras } from './written-by-keras.ts';

/** What a Keras archive says of itself: its version, and when it was saved. Its weights are not opened. */
export async function readKerasNotes(source: Source, members: readonly Member[]): Promise<Notes> {
  const metadata = await readJsonMember(source, members, 'metadata.json');
  return {
    ...noNotes,
    metadata,
    timestamp: savedAt(metadata),
    writtenBy: writtenByKeras(versionIn(metadata)),
  };
}
