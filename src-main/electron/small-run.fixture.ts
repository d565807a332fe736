import { utimesSync } from 'node:fs';
import { put } from '../core/files/temporary-folder.fixture.ts';

/** A run of two versions, `a` and `b`, and of a third of which only the record is left. */
export function putSmallRun(root: string): void {
  for (const name of ['a', 'b']) putOldModel(root, name, `bytes of ${name}`);
  put(
    root,
    'best_models/gone.json',
    JSON.stringify({ version: 3, timestamp: '2024-01-01T13:55:00', reward: 0.5, metrics: {} }),
  );
}

/** What is no whole file and was touched a moment ago would count as being written. @returns its path */
export function putOldModel(root: string, name: string, bytes: string): string {
  const path = put(root, `best_models/${name}.pt`, bytes);
  utimesSync(path, 1_700_000_000, 1_700_000_000);
  return path;
}
