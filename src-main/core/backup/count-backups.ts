import { basename, join } from 'node:path';
import { namesThere } from '../files/names-there.ts';
import { readFileText } from '../files/read-text.ts';
import { parseManifest } from './backup-manifest.ts';

/** Where the run's own store lists its backups, relative to the bookkeeping. */
export const manifestsFolder = 'backups/manifests';

/** Where it is remembered, in the bookkeeping, in which folders elsewhere backups of the run are. */
export const storesFile = 'stores.json';

/** Of all manifests together, in bytes: a run that is only opened is not to wait for them. */
const mostAtOpen = 64 * 1024 * 1024;

/** Whether backups of a run were made that may be there still; elsewhere nobody looks. */
export function mayHaveBackups(bookkeeping: string): boolean {
  const isListed = namesThere(join(bookkeeping, manifestsFolder)).some((name) => name.endsWith('.json'));
  return isListed || namesThere(bookkeeping).includes(storesFile);
}

/**
 * How many backups in the run's own store hold each version; what cannot be read counts for nothing here.
 * @param budget bytes of manifests that are read: the newest that are within it
 */
export function countBackups(bookkeeping: string, budget = mostAtOpen): Map<string, number> {
  const folder = join(bookkeeping, manifestsFolder);
  const counts = new Map<string, number>();
  const names = namesThere(folder).filter((name) => name.endsWith('.json'));
  let left = budget;
  // Their names begin with their times.
  for (const name of names.sort().reverse()) {
    const { ids, size } = readManifest(join(folder, name), left);
    left -= size;
    for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}

function readManifest(path: string, limit: number): { ids: string[]; size: number } {
  let size = 0;
  try {
    const read = readFileText(path, limit);
    size = read.identity.size;
    const { versions } = parseManifest(read.text, basename(path, '.json'));
    return { ids: versions.map(({ id }) => id), size };
  } catch {
    return { ids: [], size };
  }
}
