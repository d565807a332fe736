import { existsSync, statfsSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** The checkout: the folder that holds package.json. */
export const root = resolve(import.meta.dirname, '../..');

/** Where downloads live that must survive `npm ci`: the user's cache folder, never the checkout. */
export function cacheFolder() {
  const { LOCALAPPDATA = homedir(), XDG_CACHE_HOME } = process.env;
  if (process.platform === 'win32') return join(LOCALAPPDATA, 'cairn', 'cache');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'cairn');
  return join(XDG_CACHE_HOME || join(homedir(), '.cache'), 'cairn');
}

/** For files that are gone soon, and of which nothing depends on the file system below: in memory where there is room. */
export function quickFolder() {
  const memory = '/dev/shm';
  if (!existsSync(memory)) return tmpdir();
  const { bavail, bsize } = statfsSync(memory);
  return bavail * bsize > 2 ** 31 ? memory : tmpdir();
}
