import { realpathSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { escapeName } from './catalog/escape-name.ts';
import { UsageError } from './errors.ts';
import { explainError } from './files/error-code.ts';

/**
 * An empty name comes of a variable that is not set, and the system would take it for the folder that the program was started in.
 * @throws UsageError for it
 */
export function assertNamed(folder: string): void {
  if (folder === '')
    throw new UsageError('no folder given — its name is empty — name the folder that you mean');
}

/**
 * The real, absolute path of a folder that a person named.
 * @throws UsageError when it is not there, not a folder, or may not be looked into
 */
export function openRunFolder(folder: string): string {
  assertNamed(folder);
  try {
    const path = realpathSync(resolve(folder));
    if (statSync(path).isDirectory()) return path;
  } catch (error) {
    throw new UsageError(
      `cannot open ${escapeName(folder)} — ${explainError(error)} — name the folder your training wrote`,
      { path: folder, cause: error },
    );
  }
  throw new UsageError(
    `${escapeName(folder)} is not a run — it is not a folder — name the folder your training wrote`,
    { path: folder },
  );
}

/** Whether a folder is there now, as far as can be told. */
export function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
