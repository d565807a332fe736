import { posix } from 'node:path';
import type { Places } from '../catalog/identity-of-folder.ts';
import { nameBeforeSave, recordOfFolder } from '../catalog/layouts/saved-folders.ts';
import type { Disk } from '../files/disk.ts';
import { checksumListName } from '../integrity/checksum-list.ts';
import { linesAbout } from '../integrity/listed-lines.ts';
import { manifestChecksum } from '../integrity/manifest.ts';
import { readList } from '../integrity/replace-list.ts';
import type { Claim, ClaimedFile, Verification } from '../integrity/verification.ts';
import { verifiedFolderOnWriting } from '../integrity/verified-on-writing.ts';
import type { Operation } from '../operations/operation.ts';

/** A sidecar as it is to be: its path in the run, its SHA-256, how many bytes it has more than before, and its time. */
export interface NewRecord {
  claim: Claim;
  /** What is known of the version with its old one; null where that is nothing. */
  verification: Verification | null;
  path: string;
  checksum: string;
  grown: number;
  mtimeMs: number;
}

/** Whether the record of a version is one of its own files, and its bytes count. */
export function isInside({ folder }: Claim): boolean {
  return typeof folder?.path === 'string';
}

/** The checksum of a file of a folder that the run lists; null where it lists none. @param path in the run */
export function listedIn({ folder }: Claim, path: string): string | null {
  return folder?.files.find(({ name }) => name === posix.basename(path))?.expected ?? null;
}

/** The files of a folder without the record that Cairn put there. */
export function measuredFiles(files: readonly ClaimedFile[]): readonly ClaimedFile[] {
  const own = nameBeforeSave(files.map(({ name }) => name));
  return own === null ? files : files.filter(({ name }) => name !== recordOfFolder(own));
}

/**
 * By what a folder is told from others when it is measured: without the record that Cairn put there, to which results go. Where the run does
 * not list all of it that is the checksum of all its files.
 */
export function measuredChecksum({ folder, expected }: Claim, actual: string): string {
  const files = measuredFiles(folder?.files ?? []);
  if (!folder || files.length === folder.files.length || expected === null) return actual;
  return manifestChecksum(files.map(({ name, expected }) => ({ name, checksum: expected ?? '' })));
}

/** What goes from the run's list of checksums with old records, and comes with new ones that were listed. */
export async function listedAnew(
  disk: Disk,
  root: string,
  records: readonly NewRecord[],
): Promise<Pick<Operation, 'unlisted' | 'listed'>> {
  const known = records.filter(({ claim, path }) => listedIn(claim, path) !== null);
  if (known.length === 0) return {};
  const list = await readList(disk, `${root}/${checksumListName}`);
  const changes = known.flatMap(({ path, checksum }) =>
    linesAbout(list, (name) => name === path).map((old) => ({
      old,
      anew: { ...old, line: old.line.replace(/[0-9a-fA-F]{64}/, checksum) },
    })),
  );
  const [unlisted, listed] = [changes.map(({ old }) => old), changes.map(({ anew }) => anew)];
  return { unlisted, listed };
}

/** What is known of a folder that was verified, once its record is another; none where the run does not list all of its files. */
export function verifiedWith(
  places: Places,
  { claim: { id, folder, expected }, verification, path, ...record }: NewRecord,
): Verification[] {
  const identity = verification?.integrity.state === 'verified' ? verification.identity : null;
  if (!folder || expected === null || !identity) return [];
  const own = posix.basename(path);
  const files = folder.files.map((file) => ({
    name: file.name,
    checksum: file.name === own ? record.checksum : (file.expected ?? ''),
  }));
  const size = identity.size + record.grown;
  const mtimeMs = Math.max(identity.mtimeMs, record.mtimeMs);
  const saved = { id, checksum: manifestChecksum(files), torn: null, unrecognised: null };
  return verifiedFolderOnWriting(places, saved, { size, mtimeMs });
}
