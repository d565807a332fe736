import type { ListedVersion } from '../catalog/listed-version.ts';
import { type FileIdentity, sameIdentity } from '../files/file-identity.ts';

/** A version, and what is known of its bytes. */
interface Known {
  id: string;
  identity: FileIdentity | null;
  bytes: string | null;
}

/**
 * What tells the bytes of versions that are one file under several names, where nothing else does, by their ids: the bytes of one are those of
 * all, and two of them are copies of each other before anybody read them.
 * @param bytesOf what is known of them; null for nothing
 * @param isFile whether a version is one file
 */
export function hardLinked(
  versions: readonly ListedVersion[],
  bytesOf: (version: ListedVersion) => string | null,
  isFile: (id: string) => boolean,
): ReadonlyMap<string, string> {
  const known = versions.map((version) => ({ version, bytes: bytesOf(version) }));
  if (known.every(({ bytes }) => bytes !== null)) return new Map();
  // Taken out once: a view decodes it each time.
  const all = known.map(({ version: { id, identity }, bytes }): Known => ({ id, identity, bytes }));
  const linked = linkedIn(all).map((group) => group.filter(({ id }) => isFile(id)));
  return new Map(linked.filter(({ length }) => length > 1).flatMap(tell));
}

/** Records that contradict each other are told elsewhere. */
function tell(group: readonly Known[]): [id: string, bytes: string][] {
  const [bytes = `the file ${group[0]?.id}`, ...others] = new Set(group.flatMap((each) => each.bytes ?? []));
  const untold = others.length > 0 ? [] : group.filter((each) => each.bytes === null);
  return untold.map(({ id }) => [id, bytes]);
}

/** Those that are one file, where there are several of it. */
function linkedIn(all: readonly Known[]): Known[][] {
  const firsts = new Map<number, Known>();
  const groups = new Map<Known, Known[]>();
  for (const each of all) {
    const inode = each.identity?.ino ?? Number.NaN;
    const first = firsts.get(inode);
    if (!first) firsts.set(inode, each);
    else if (isSameFile(first, each)) groups.set(first, [...(groups.get(first) ?? [first]), each]);
  }
  return [...groups.values()];
}

function isSameFile({ identity: a }: Known, { identity: b }: Known): boolean {
  return a !== null && b !== null && sameIdentity(a, b);
}
