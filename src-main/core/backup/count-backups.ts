import { basename, join } from 'node:path';
import { namesThere } from '../files/names-there.ts';
import { readText } from '../files/read-text.ts';
import { parseManifest } from './backup-manifest.ts';

/** Where the run's own store lists its backups, relative to the bookkeeping. */
export const manifestsFolder = 'backups/manifests';

const limit = 64 * 1024 * 1024;

/** How many backups in the run's own store hold each version; what cannot be read counts for nothing here. */
export function countBackups(bookkeeping: string): Map<string, number> {
  const folder = join(bookkeeping, manifestsFolder);
  const counts = new Map<string, number>();
  const names = namesThere(folder).filter((name) => name.endsWith('.json'));
  for (const id of names.flatMap((name) => versionsIn(join(folder, name))))
    counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}

function versionsIn(path: string): string[] {
  try {
    return parseManifest(readText(path, limit), basename(path, '.json')).versions.map(({ id }) => id);
  } catch {
    return [];
  }
}
