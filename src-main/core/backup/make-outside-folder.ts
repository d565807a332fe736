import { realpathSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { escapeName } from '../catalog/escape-name.ts';
import { UsageError } from '../errors.ts';
import type { Disk } from '../files/disk.ts';
import { errorCode, explainError } from '../files/error-code.ts';
import { makeFolder } from '../files/make-folder.ts';

/** A folder for copies outside the run; `made` is the uppermost folder that was made for it, null when it was there. */
export interface OutsideFolder {
  path: string;
  made: string | null;
}

/**
 * @param act what it is for, as in `cannot back up to …`
 * @throws UsageError for a folder that cannot be made, or is part of the run: what is in it would be taken for some of it
 */
export function makeOutsideFolder(folder: string, run: string, act: string): OutsideFolder {
  const refused = (why: string, what: string, cause?: unknown) =>
    new UsageError(`cannot ${act} to ${escapeName(folder)} — ${why} — ${what}`, { path: folder, cause });
  try {
    const path = realPathOf(resolve(folder));
    if (`${path}${sep}`.startsWith(`${run}${sep}`))
      throw refused('it is part of the run', 'name a folder outside it');
    return { path, made: makeFolder(path) };
  } catch (cause) {
    if (cause instanceof UsageError) throw cause;
    throw refused(explainError(cause), 'name another folder', cause);
  }
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
