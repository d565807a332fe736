import { type FileHandle, open } from 'node:fs/promises';
import { compareNatural } from '../../../shared/query/compare-natural.ts';
import type { ListedVersion } from '../catalog/listed-version.ts';
import { sameIdentity } from '../files/file-identity.ts';

/** Larger files are compared by their checksums alone, in bytes. */
const largest = 1024 ** 3;
const chunk = 1024 * 1024;
/** Of files of one size without checksums so many are read: checkpoints of one model are often all of one size. */
const mostRead = 200;

/**
 * The other versions whose files hold the same bytes as one, by their ids: a framework may keep one state under several names, which may be hard
 * links of one file. Other files of one size are read unless both have a checksum on record.
 * @param pathOf where the file of an id is
 * @param isFile whether a version is a file: folders are compared by their checksums alone
 */
export async function findSame(
  version: ListedVersion,
  all: Iterable<ListedVersion>,
  pathOf: (id: string) => string,
  isFile: (id: string) => boolean = () => true,
): Promise<string[]> {
  const alike = Array.from(all).filter(
    ({ id, size }) => id !== version.id && size === version.size && size > 0,
  );
  const isLink = (other: ListedVersion) => isFile(version.id) && isSameFile(version, other);
  const links = alike.filter(isLink);
  const apart = alike.filter((other) => !links.includes(other));
  const recorded = apart.filter(({ checksum }) => version.checksum !== null && checksum !== null);
  const isRecorded = new Set(recorded);
  const isRead = (other: ListedVersion) => !isRecorded.has(other) && isFile(other.id) && isFile(version.id);
  const unread = apart.filter(isRead).slice(0, mostRead);
  const same = links.map(({ id }) => id);
  for (const other of [...recorded, ...unread]) if (await isSame(version, other, pathOf)) same.push(other.id);
  return same.sort(compareNatural);
}

/** Under two names: no byte of it need be read. */
function isSameFile({ identity: a }: ListedVersion, { identity: b }: ListedVersion): boolean {
  return a !== null && b !== null && sameIdentity(a, b);
}

async function isSame(a: ListedVersion, b: ListedVersion, pathOf: (id: string) => string): Promise<boolean> {
  if (a.checksum !== null && b.checksum !== null) return a.checksum === b.checksum;
  if (a.size > largest) return false;
  try {
    return await haveSameBytes(pathOf(a.id), pathOf(b.id));
  } catch {
    // What cannot be read is told elsewhere.
    return false;
  }
}

async function haveSameBytes(a: string, b: string): Promise<boolean> {
  const first = await open(a, 'r');
  try {
    const second = await open(b, 'r');
    try {
      return await areEqual(first, second);
    } finally {
      await second.close();
    }
  } finally {
    await first.close();
  }
}

async function areEqual(a: FileHandle, b: FileHandle): Promise<boolean> {
  const [one, other] = [Buffer.alloc(chunk), Buffer.alloc(chunk)];
  for (let at = 0; ; at += chunk) {
    const [read, otherRead] = await Promise.all([a.read(one, 0, chunk, at), b.read(other, 0, chunk, at)]);
    if (read.bytesRead !== otherRead.bytesRead) return false;
    if (!one.subarray(0, read.bytesRead).equals(other.subarray(0, read.bytesRead))) return false;
    if (read.bytesRead < chunk) return true;
  }
}
