import { Damage } from '../damage.ts';
import { shortVersion } from '../short-version.ts';
import type { Source } from '../source.ts';
import { openMember } from '../zip/open-member.ts';
import type { Member } from '../zip/read-archive.ts';

/** There for the version of the writer alone. */
export const versionMember = '_stable_baselines3_version';
const longestVersion = 40;

/** The version of stable-baselines3 that wrote an archive; null where it does not tell. */
export async function readVersion(source: Source, members: readonly Member[]): Promise<string | null> {
  const member = members.find(({ name }) => name === versionMember);
  if (!member || member.size > longestVersion) return null;
  try {
    const opened = await openMember(source, member);
    return shortVersion((await opened.read(0, opened.size)).toString('latin1').trim());
  } catch (error) {
    // The algorithm can be told without it.
    if (error instanceof Damage) return null;
    throw error;
  }
}
