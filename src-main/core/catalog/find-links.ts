import { type Dirent, readdirSync, realpathSync } from 'node:fs';
import { opendir } from 'node:fs/promises';
import { join, posix, relative, sep } from 'node:path';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import { compareNatural } from '../../../shared/query/compare-natural.ts';
import { runFolders } from './list-names.ts';
import { innerFolderOf } from './version-folders.ts';

/** What a symbolic link of the run points to, by paths of the run: files, as by `best.pt → best_models/model_v0007.pt`, and folders. */
export function findLinked(root: string, config: StorageConfig): Set<string> {
  const links = runFolders(config).flatMap(({ path }) => linksIn(root, path));
  return new Set(links.flatMap((link) => leadsTo(root, link) ?? []));
}

/** The symbolic links of the run that lead to a version, or to the folder that it is. The names are read in turns: there may be a hundred thousand. */
export async function findLinksTo(root: string, config: StorageConfig, id: string): Promise<string[]> {
  const paths = new Set([id, innerFolderOf(id, config) ?? id]);
  const links: string[] = [];
  for (const { path } of runFolders(config)) links.push(...(await linksInTurns(root, path)));
  return links.filter((link) => paths.has(leadsTo(root, link) ?? '')).sort(compareNatural);
}

/** What a symbolic link leads to, by its path in the run, `../` before what is elsewhere; null where nothing is. @param link its path in the run */
export function leadsTo(root: string, link: string): string | null {
  try {
    return relative(realpathSync(root), realpathSync(join(root, link)))
      .split(sep)
      .join('/');
  } catch {
    return null;
  }
}

function linksIn(root: string, folder: string): string[] {
  try {
    return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => linkIn(folder, entry));
  } catch {
    return [];
  }
}

async function linksInTurns(root: string, folder: string): Promise<string[]> {
  const links: string[] = [];
  try {
    for await (const entry of await opendir(join(root, folder), { bufferSize: 256 }))
      links.push(...linkIn(folder, entry));
  } catch {
    // A folder that is not there, or that nobody may list, has none.
  }
  return links;
}

function linkIn(folder: string, entry: Dirent): string[] {
  return entry.isSymbolicLink() ? [posix.join(folder, entry.name)] : [];
}
