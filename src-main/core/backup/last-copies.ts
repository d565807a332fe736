import type { Disk } from '../files/disk.ts';
import { hashOf } from '../files/hash-of.ts';
import { type BackupFile, filesOf } from './backup-manifest.ts';
import type { StoredBackup } from './stores-of-run.ts';

/** Where a copy may be that makes another one spare. */
export interface OtherCopies {
  disk: Disk;
  /** The run’s folder. */
  root: string;
  /** Every backup that is known; the one that is asked about may be among them. */
  backups: readonly StoredBackup[];
}

/**
 * The files of a backup of which neither the run nor another backup has the bytes; what is relied on is read, whatever is on
 * record. A sidecar counts like a model: its metrics, by which versions are ranked, stand nowhere else, and where the run has
 * another one there is no telling which of the two is the damaged one. Restoring first is the way out: that keeps both.
 */
export async function* lastCopies(stored: StoredBackup, others: OtherCopies): AsyncGenerator<BackupFile> {
  for (const file of filesOf(stored.manifest))
    if (!(await isInRun(file, others)) && !(await isElsewhere(file, stored, others))) yield file;
}

async function isInRun({ path, checksum, size }: BackupFile, { disk, root }: OtherCopies): Promise<boolean> {
  const look = await disk.lookAt(`${root}/${path}`);
  return look?.type === 'file' && look.size === size && (await hashOf(disk, `${root}/${path}`)) === checksum;
}

async function isElsewhere(
  { checksum }: BackupFile,
  stored: StoredBackup,
  { disk, backups }: OtherCopies,
): Promise<boolean> {
  const holders = backups.filter(({ manifest }) =>
    filesOf(manifest).some((file) => file.checksum === checksum),
  );
  for (const holder of holders) {
    const isItself =
      holder.manifest.id === stored.manifest.id && (await isSameFile(disk, holder, stored, checksum));
    // What cannot be read is not relied on.
    if (!isItself && (await holder.store.isWhole(checksum).catch(() => false))) return true;
  }
  return false;
}

/** One folder may be known by two paths, and a folder that was copied has backups of the same names. */
async function isSameFile(disk: Disk, a: StoredBackup, b: StoredBackup, checksum: string): Promise<boolean> {
  const [one, other] = await Promise.all([a, b].map(({ store }) => disk.lookAt(store.objectPath(checksum))));
  return one?.dev === other?.dev && one?.ino === other?.ino;
}
