import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import { type FileIdentity, sameIdentity, tryLookAt, untouchedSince } from '../files/file-identity.ts';
import { setOf } from './group-names.ts';
import { type FileSet, stemOfSet } from './layouts/file-sets.ts';
import { runFolders } from './list-names.ts';
import { groupsIn } from './list-run.ts';
import { innerFolderOf } from './version-folders.ts';

/** Whether a version is several files beside each other, by its id. */
function mayBeSet(id: string): boolean {
  return stemOfSet(id.slice(id.lastIndexOf('/') + 1)) !== null;
}

/** Whether a version is one file: no folder, and not several beside each other. */
export function isOneFile(id: string, config: StorageConfig): boolean {
  return innerFolderOf(id, config) === null && !mayBeSet(id);
}

/** The sets in the folders of a run, as they stand. A folder is listed again when names came to it, or went. */
export class SetsInFolders {
  readonly #root: string;
  readonly #config: StorageConfig;
  readonly #known = new Map<string, { at: FileIdentity; sets: ReadonlyMap<string, FileSet> }>();

  constructor(root: string, config: StorageConfig) {
    this.#root = root;
    this.#config = config;
  }

  /** The set that a version is, by its id; null where it is none, or is not there. */
  at(id: string): FileSet | null {
    if (!mayBeSet(id)) return null;
    const slash = id.lastIndexOf('/');
    return this.#setsIn(id.slice(0, Math.max(0, slash))).get(id.slice(slash + 1)) ?? null;
  }

  #setsIn(path: string): ReadonlyMap<string, FileSet> {
    const look = tryLookAt(join(this.#root, path));
    if (look === null || look instanceof Error || look.type !== 'folder') return none;
    const known = this.#known.get(path);
    if (known && sameIdentity(known.at, look)) return known.sets;
    const now = Date.now();
    const sets = this.#list(path);
    // Names that come within one tick of the clock leave no trace in it.
    if (untouchedSince(look, now)) this.#known.set(path, { at: look, sets });
    else this.#known.delete(path);
    return sets;
  }

  #list(path: string): ReadonlyMap<string, FileSet> {
    return setsAmong(path, () => readdirSync(join(this.#root, path)), this.#config);
  }
}

/** The sets that files of these names are in a folder of the run, by the names of those that stand for them; none elsewhere. */
export function setsAmong(
  path: string,
  namesIn: () => readonly string[],
  config: StorageConfig,
): ReadonlyMap<string, FileSet> {
  const folder = runFolders(config).find((each) => each.path === path);
  if (!folder) return none;
  const names = namesIn();
  const parts = names.filter((name) => stemOfSet(name) !== null);
  const sets = Array.from(groupsIn({ folder, names: parts }, config)).flatMap((group) => setOf(group) ?? []);
  return new Map(sets.map((set) => [set.main, set]));
}

const none: ReadonlyMap<string, FileSet> = new Map();
