import { shortVersion } from '../short-version.ts';
import type { Source } from '../source.ts';
import { isStored } from '../zip/open-member.ts';
import type { Member } from '../zip/read-archive.ts';

/** There for the version of the writer alone. */
export const versionMember = '_stable_baselines3_version';
const longestVersion = 40;

/** The version of stable-baselines3 that wrote an archive; null where it does not tell. */
export async function readVersion(source: Source, members: readonly Member[]): Promise<string | null> {
  const member = members.find(({ name }) => name === versionMember);
  if (!member || !isStored(member) || member.compressedSize > longestVersion) return null;
  return shortVersion(
    (await source.read(member.dataOffset, member.compressedSize)).toString('latin1').trim(),
  );
}
