import { type Dirent, readdirSync, realpathSync } from 'node:fs';
import { opendir } from 'node:fs/promises';
import { join, posix, relative, sep } from 'node:path';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import { compareNatural } from '../../../shared/query/compare-natural.ts';
import { ownFolder } from '../operations/operation.ts';
import { runFolders } from './list-names.ts';
import { innerFolderOf } from './version-folders.ts';

/** In so many folders of a run links are looked for, those of its versions first. */
const mostFolders = 20_000;

/**
 * What a symbolic link of the run points to, in whatever folder of it that link is, by paths of the run: files, as by
 * `best.pt → best_models/model_v0007.pt`, and folders.
 */
export function findLinked(root: string, config: StorageConfig): Set<string> {
  const links: string[] = [];
  const queue = new FolderQueue(root, config);
  for (const folder of queue.folders()) queue.take(folder, links, entriesOf(root, folder));
  return new Set(links.flatMap((link) => leadsTo(root, link) ?? []));
}

/** The symbolic links of the run that lead to a version, or to the folder that it is. The names are read in turns: there may be a hundred thousand. */
export async function findLinksTo(root: string, config: StorageConfig, id: string): Promise<string[]> {
  const paths = new Set([id, innerFolderOf(id, config) ?? id]);
  const links: string[] = [];
  const queue = new FolderQueue(root, config);
  for (const folder of queue.folders()) queue.take(folder, links, await entriesInTurns(root, folder));
  return links.filter((link) => paths.has(leadsTo(root, link) ?? '')).sort(compareNatural);
}

/** The folders of a run, as they are found; Cairn's own is none of them, nor is what a link leads to that leaves the run. */
class FolderQueue {
  readonly #found: Set<string>;

  constructor(root: string, config: StorageConfig) {
    const folders = runFolders(config).map(({ path }) => posix.normalize(path));
    this.#found = new Set(['.', ...folders.filter((path) => !leadsTo(root, path)?.startsWith('../'))]);
  }

  *folders(): Generator<string> {
    let looked = 0;
    // What is added meanwhile comes in its turn.
    for (const folder of this.#found) {
      if (looked === mostFolders) return;
      looked += 1;
      yield folder;
    }
  }

  take(folder: string, links: string[], entries: readonly Dirent[]): void {
    for (const entry of entries) {
      const path = posix.join(folder, entry.name);
      if (entry.isSymbolicLink()) links.push(path);
      else if (entry.isDirectory() && entry.name !== ownFolder) this.#found.add(path);
    }
  }
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

function entriesOf(root: string, folder: string): Dirent[] {
  try {
    return readdirSync(join(root, folder), { withFileTypes: true });
  } catch {
    // A folder that is not there, or that nobody may list, has none.
    return [];
  }
}

async function entriesInTurns(root: string, folder: string): Promise<Dirent[]> {
  const entries: Dirent[] = [];
  try {
    for await (const entry of await opendir(join(root, folder), { bufferSize: 256 }))
      if (entry.isSymbolicLink() || entry.isDirectory()) entries.push(entry);
  } catch {
    // As above.
  }
  return entries;
}
