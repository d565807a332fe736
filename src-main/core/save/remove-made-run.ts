import { readdirSync, rmdirSync, unlinkSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { lookAt } from '../files/file-identity.ts';
import { lockRun } from '../lock/lock-run.ts';
import { ownFolder } from '../operations/operation.ts';

/** What a save that failed leaves in Cairn's own folder of a run that was made for it. */
const leftBehind = /^(?:lock|log\.jsonl|reserve[/\\]\d+)$/;

/**
 * Removes a run that was made for a save which failed, as far as nothing else is in it: what others put there meanwhile stays.
 * @param run its folder, absolute
 * @param made the uppermost folder that was made for it
 * @returns whether it is gone
 */
export async function removeMadeRun(run: string, made: string): Promise<boolean> {
  if (!`${run}${sep}`.startsWith(`${made}${sep}`)) return false;
  try {
    if (lookAt(join(run, ownFolder)) === null) removeFolders(run, []);
    else await removeUnderLock(run);
    for (let folder = dirname(run); folder !== dirname(made); folder = dirname(folder)) rmdirSync(folder);
    return true;
  } catch {
    return false;
  }
}

/** Nobody else is writing there then; who waits for the lock makes what is missing. */
async function removeUnderLock(run: string): Promise<void> {
  const lock = await lockRun(join(run, ownFolder), 'save', 0);
  try {
    const entries = readdirSync(run, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => !entry.isDirectory());
    const paths = files.map(({ parentPath, name }) => join(parentPath, name));
    const isLeft = (path: string) => leftBehind.test(relative(join(run, ownFolder), path));
    if (!paths.every(isLeft)) throw new Error('something else is in it');
    removeFolders(run, paths);
  } finally {
    await lock.release();
  }
}

/** @param files to be removed first, absolute */
function removeFolders(run: string, files: readonly string[]): void {
  for (const file of files) unlinkSync(file);
  const entries = readdirSync(run, { recursive: true, withFileTypes: true });
  const folders = entries.map(({ parentPath, name }) => join(parentPath, name));
  for (const folder of folders.sort().reverse()) rmdirSync(folder);
  rmdirSync(run);
}
