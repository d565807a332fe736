import { readdirSync, realpathSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import { runFolders } from './list-names.ts';

/** What a symbolic link of the run points to, by paths of the run: files, as by `best.pt → best_models/model_v0007.pt`, and folders. */
export function findLinked(root: string, config: StorageConfig): Set<string> {
  const targets = runFolders(config).flatMap(({ path }) => linksIn(join(root, path)));
  return new Set(targets.map((target) => relative(root, target).split(sep).join('/')));
}

function linksIn(folder: string): string[] {
  try {
    const links = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isSymbolicLink());
    return links.flatMap(({ name }) => targetOf(join(folder, name)));
  } catch {
    return [];
  }
}

function targetOf(path: string): string[] {
  try {
    return [realpathSync(path)];
  } catch {
    return [];
  }
}
