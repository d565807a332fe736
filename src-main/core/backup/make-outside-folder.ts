import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { escapeName } from '../catalog/escape-name.ts';
import { ModelManagerError, UsageError } from '../errors.ts';
import type { Disk } from '../files/disk.ts';
import { errorCode, explainError, isInTheWay } from '../files/error-code.ts';
import { makeFolder } from '../files/make-folder.ts';
import { assertNamed } from '../open-run-folder.ts';

/** A folder for copies outside the run; `made` is the uppermost folder that was made for it, null when it was there. */
export interface OutsideFolder {
  path: string;
  made: string | null;
}

/**
 * @param act what it is for, as in `cannot back up to …`
 * @throws UsageError where a file is in the way, or it is part of the run: what is in it would be taken for some of it; ModelManagerError where
 * it cannot be made
 */
export function makeOutsideFolder(folder: string, run: string, act: string): OutsideFolder {
  const refusal = (why: string, what: string) => `cannot ${act} to ${escapeName(folder)} — ${why} — ${what}`;
  assertNamed(folder);
  try {
    const path = realPathOf(resolve(folder));
    if (isWithin(path, run))
      throw new UsageError(refusal('it is part of the run', 'name a folder outside it'), { path: folder });
    return { path, made: makeFolder(path) };
  } catch (cause) {
    if (cause instanceof UsageError) throw cause;
    const Refused = isInTheWay(cause) ? UsageError : ModelManagerError;
    throw new Refused(refusal(explainError(cause), 'name another folder'), { path: folder, cause });
  }
}

/**
 * Why backups of these runs should not go to a folder that was there when it was chosen, and what to do about it; null where
 * nothing speaks against it. Unlike {@link makeOutsideFolder} it makes none: the disk that it is on may not be connected.
 */
export function faultOfPlace(folder: string, runs: readonly string[]): string | null {
  try {
    const path = realpathSync(folder);
    if (!statSync(path).isDirectory()) return 'it is no folder any more: choose another';
    if (runs.some((run) => isWithin(path, run))) return 'it is part of a run: choose a folder outside of it';
    accessSync(path, constants.W_OK | constants.X_OK);
    return null;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return 'it is not there: connect its disk, or choose another folder';
    return `${explainError(error)}: choose another folder`;
  }
}

function isWithin(path: string, run: string): boolean {
  return `${path}${sep}`.startsWith(`${run}${sep}`);
}

/** Removes the folders that were made, as far as nothing is in them. */
export async function removeMade(disk: Disk, { path, made }: OutsideFolder): Promise<void> {
  if (made === null) return;
  for (let folder = path; folder !== dirname(made); folder = dirname(folder)) await disk.rmdir(folder);
}

/** Where a folder is, or would be once it is made. */
function realPathOf(folder: string): string {
  try {
    return realpathSync(folder);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
    return join(realPathOf(dirname(folder)), basename(folder));
  }
}
