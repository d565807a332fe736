import type { Notes } from '../contents.ts';
import { Damage } from '../damage.ts';
import { PickledNames } from '../pickle/pickled-names.ts';
import type { Source } from '../source.ts';
import { openMember } from '../zip/open-member.ts';
import type { Member } from '../zip/read-archive.ts';
import { notesOf } from './read-contents.ts';
import { readData } from './read-data.ts';
import { readVersion } from './read-version.ts';

/** What the member `data` of a zip of stable-baselines3 says; null where there is none. @throws Damage unless it is whole */
export async function readStableBaselinesNotes(
  source: Source,
  members: readonly Member[],
  budget: number,
): Promise<Notes | null> {
  const member = members.find(({ name }) => name === 'data');
  if (!member) return null;
  if (member.size > budget) throw new Damage('its data is longer than is read', 'unknown');
  const data = await readData(await openMember(source, member), new PickledNames());
  return notesOf(data, await readVersion(source, members));
}
