import type { RecordedChecksum } from '../contents.ts';
import { plainName } from '../plain-text.ts';
import { hasChecksum } from './member-checksums.ts';
import type { PackedMember } from './read-archive.ts';

/** That its bytes are not those that are on record. */
export const describeOther = (member: string): string =>
  `the bytes of ${plainName(member)} do not match the CRC in the archive: damaged`;

/** What is on record for a member that is stored; nothing where its checksum was left out. @param start of its bytes in their source */
export function recordedOf(member: PackedMember, start: number): RecordedChecksum | undefined {
  const { name, crc32, compressedSize: length } = member;
  return hasChecksum(member) ? { member: name, crc32, start, length } : undefined;
}
