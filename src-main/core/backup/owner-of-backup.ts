import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { Disk } from '../files/disk.ts';
import { errorCode } from '../files/error-code.ts';
import { ownFolder } from '../operations/operation.ts';
import type { BackupManifest } from './backup-manifest.ts';
import { tellRunId } from './run-identity.ts';

/** What a run goes by; its id is null where it has none, or that cannot be told. */
export interface Owner {
  disk: Disk;
  root: string;
  runId: string | null;
}

/**
 * Whether a backup is of a run. Another run may be, or have been, at the same path: in a container, or once this one was moved away. One that
 * was copied as a whole has the id of the other: what either backed up is its own while both are there.
 * @returns null where the folder that it is of cannot be looked into
 */
export async function isOf(
  { disk, root, runId }: Owner,
  { run, run_id }: Pick<BackupManifest, 'run' | 'run_id'>,
): Promise<boolean | null> {
  if (run_id === undefined || runId === null) return run === root;
  if (run_id !== runId) return false;
  if (run === root) return true;
  const isCopy = await hasId(disk, root, run, runId).catch(() => null);
  return isCopy === null ? null : !isCopy;
}

/** Whether a folder is there, is another one than `root`, and has that id too; null where its id cannot be read. */
async function hasId(disk: Disk, root: string, folder: string, id: string): Promise<boolean | null> {
  const place = await realpath(folder).catch((error: unknown) => {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')) return null;
    throw error;
  });
  // A run that was moved may have left a link where it was, and one folder may be mounted in two places.
  if (place === null || (await isSameFolder(disk, place, root))) return false;
  const other = await tellRunId(disk, join(place, ownFolder));
  return other.problems.length > 0 ? null : other.id === id;
}

async function isSameFolder(disk: Disk, a: string, b: string): Promise<boolean> {
  const [one, other] = await Promise.all([disk.lookAt(a), disk.lookAt(b)]);
  return one?.dev === other?.dev && one?.ino === other?.ino;
}
