import { mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { errorCode } from './error-code.ts';

/**
 * Makes a folder and those above it that are missing, one after another: Node's own `recursive` asks for ever where the
 * system says that a parent is missing and it is not, as in `/proc`.
 * @param mode that of every folder that is made
 * @returns the uppermost folder that was made, null when all were there
 * @throws system errors, such as that a file is in the way
 */
export function makeFolder(path: string, mode = 0o777): string | null {
  const missing: string[] = [];
  for (let folder = resolve(path); !statOf(folder); folder = dirname(folder)) missing.unshift(folder);
  const made = missing.filter((folder) => makeOne(folder, mode));
  if (missing.length === 0) makeOne(resolve(path), mode);
  return made[0] ?? null;
}

/** @returns false where it is there by now */
function makeOne(folder: string, mode: number): boolean {
  try {
    mkdirSync(folder, { mode });
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST' && statOf(folder)?.isDirectory()) return false;
    throw error;
  }
}

const statOf = (path: string) => statSync(path, { throwIfNoEntry: false });
