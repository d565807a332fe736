import type { Disk } from '../files/disk.ts';
import type { BackupManifest } from './backup-manifest.ts';
import { hasId, type RunIdentity } from './run-identity.ts';

/** What a run goes by. */
export interface Owner {
  disk: Disk;
  root: string;
  identity: RunIdentity;
}

/**
 * Whether a backup is of a run. Another run may be, or have been, at the same path: in a container, or once this one was moved away. One that
 * was copied as a whole has the id of the other, until it is written to: what either backed up is its own while both are there.
 * @returns null where the folder that it is of cannot be looked into
 */
export async function isOf(
  { disk, root, identity: { id, former } }: Owner,
  { run, run_id }: Pick<BackupManifest, 'run' | 'run_id'>,
): Promise<boolean | null> {
  if (run_id === undefined || id === null) return run === root;
  if (run === root) return run_id === id || former.includes(run_id);
  if (run_id !== id) return false;
  const isCopy = await hasId(disk, root, run, id).catch(() => null);
  return isCopy === null ? null : !isCopy;
}
