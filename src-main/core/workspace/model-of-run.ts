import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { FoundRun } from '../../../shared/model/runs-output.ts';
import { explainError } from '../files/error-code.ts';

/** Why the folder of a run that was found is not opened; a link that came since leads anywhere. Null where nothing speaks against it. */
export function faultOfFolder(folder: string): string | null {
  try {
    return realpathSync(folder) === folder ? null : 'something else came in the place of this folder';
  } catch (error) {
    return explainError(error);
  }
}

/**
 * The file of the best version of a run, else of its latest, as they were found; null where the run has none, or is not there.
 * @param root of the folder that the run was found below
 */
export function modelOfRun(
  root: string,
  { path, best, latest }: Pick<FoundRun, 'path' | 'best' | 'latest'>,
): string | null {
  const id = best ?? latest;
  if (id === null) return null;
  const folder = join(root, path);
  return faultOfFolder(folder) === null ? join(folder, id) : null;
}
