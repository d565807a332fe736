import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readText } from '../files/read-text.ts';
import { parseManifest } from './backup-manifest.ts';

/** Where the run's own store lists its backups, relative to the bookkeeping. */
export const manifestsFolder = 'backups/manifests';

const limit = 64 * 1024 * 1024;

/** How many backups in the run's own store hold each version; what cannot be read counts for nothing here. */
export function countBackups(bookkeeping: string): Map<string, number> {
  const folder = join(bookkeeping, manifestsFolder);
  const counts = new Map<string, number>();
  for (const id of namesIn(folder).flatMap((name) => versionsIn(join(folder, name))))
    counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.json'));
  } catch {
    return [];
  }
}

function versionsIn(path: string): string[] {
  try {
    return parseManifest(readText(path, limit), basename(path, '.json')).versions.map(({ id }) => id);
  } catch {
    return [];
  }
}
