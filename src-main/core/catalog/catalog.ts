import { join } from 'node:path';
import type { Problem } from '../../../shared/model/run.ts';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import { type Look, lookAt, sameIdentity, tryLookAt } from '../files/file-identity.ts';
import { checksumListName, readChecksumList } from '../integrity/checksum-list.ts';
import { classifyName } from './classify-name.ts';
import { escapeName } from './escape-name.ts';
import { listNames, type RunFolder, runFolders } from './list-names.ts';
import {
  type CatalogEntry,
  type Group,
  type GroupContext,
  idOf,
  type Looks,
  readGroup,
} from './read-group.ts';

/** What became different on disk. `removed` are ids. */
export interface CatalogChange {
  changed: CatalogEntry[];
  removed: string[];
}

interface Shelf {
  group: Group;
  looks: Looks;
  entries: CatalogEntry[];
  problems: Problem[];
}

/**
 * The versions of one run as they stand on disk, and what changed since it last looked. Synchronous, opens sidecars but no
 * model file. {@link reconcile} is the truth; {@link refresh} looks only where a hint points.
 */
export class Catalog {
  readonly #context: GroupContext;
  readonly #folders: RunFolder[];
  #shelves = new Map<string, Shelf>();
  #folderProblems: Problem[] = [];

  constructor(root: string, config: StorageConfig) {
    this.#folders = runFolders(config);
    this.#context = { root, config, checksums: new Map() };
  }

  get folders(): readonly RunFolder[] {
    return this.#folders;
  }

  /** What is not as it should be: folders, files that are no versions, versions whose record is at fault. */
  get problems(): Problem[] {
    const problems = [...this.#folderProblems, ...[...this.#shelves.values()].flatMap(problemsOf)];
    return problems.map(({ path, problem }) => ({ path: escapeName(path), problem }));
  }

  entries(): CatalogEntry[] {
    return [...this.#shelves.values()].flatMap((shelf) => shelf.entries);
  }

  /** Looks at the whole run and yields differences, a slice at a time. @throws system errors when the run folder is gone */
  *reconcile(sliceSize = 2000): Generator<CatalogChange> {
    const groups = this.#listGroups();
    const slice = new Slice();
    this.#dropAllBut(groups, slice);
    for (const [key, group] of groups) {
      this.#update(key, group, slice);
      if (slice.size >= sliceSize) yield slice.take();
    }
    if (slice.size > 0) yield slice.take();
  }

  /** Looks at the files of these names again. Names are relative to the run, with `/`. */
  refresh(hints: Iterable<string>): CatalogChange {
    const slice = new Slice();
    const touched = new Map<string, Group>();
    for (const hint of hints) this.#applyHint(hint, touched);
    for (const [key, group] of touched) this.#update(key, group, slice);
    return slice.take();
  }

  #dropAllBut(groups: ReadonlyMap<string, Group>, slice: Slice): void {
    for (const [key, shelf] of this.#shelves) {
      if (groups.has(key)) continue;
      this.#shelves.delete(key);
      slice.remove(shelf.entries);
    }
  }

  #listGroups(): Map<string, Group> {
    const groups = new Map<string, Group>();
    const lists = this.#folders.map((folder) => ({ folder, ...listNames(this.#context.root, folder) }));
    const sums = readChecksumList(join(this.#context.root, checksumListName));
    this.#context.checksums = sums.checksums;
    this.#folderProblems = [...lists.flatMap(({ problems }) => problems), ...sums.problems];
    for (const { folder, names } of lists) {
      for (const name of names) this.#addToGroup(groups, folder, name);
    }
    return groups;
  }

  #addToGroup(groups: Map<string, Group>, folder: RunFolder, name: string): void {
    const { role, stem } = this.#classify(folder, name);
    if (role === 'other') return;
    const key = idOf({ folder }, stem);
    const group = groups.get(key);
    if (group) group.names.push(name);
    else groups.set(key, { folder, stem, names: [name] });
  }

  #classify(folder: RunFolder, name: string): ReturnType<typeof classifyName> {
    return folder.purpose === 'temp'
      ? { role: 'leftover', stem: name }
      : classifyName(name, this.#context.config);
  }

  #applyHint(hint: string, touched: Map<string, Group>): void {
    const slash = hint.lastIndexOf('/');
    const folder = this.#folders.find(({ path }) => path === hint.slice(0, Math.max(slash, 0)));
    if (!folder) return;
    const name = hint.slice(slash + 1);
    const { role, stem } = this.#classify(folder, name);
    if (role === 'other') return;
    const key = idOf({ folder }, stem);
    const known = touched.get(key) ?? this.#shelves.get(key)?.group;
    const others = (known?.names ?? []).filter((other) => other !== name);
    const exists = lookAt(join(this.#context.root, hint)) !== null;
    touched.set(key, { folder, stem, names: exists ? [...others, name] : others });
  }

  #update(key: string, group: Group, slice: Slice): void {
    const shelf = this.#shelves.get(key);
    const looks = this.#lookAtAll(group);
    if (shelf && sameFiles(shelf.looks, looks)) return;
    const { entries, problems } = readGroup(group, looks, this.#context);
    slice.replace(shelf?.entries ?? [], entries);
    if (group.names.length === 0) this.#shelves.delete(key);
    else this.#shelves.set(key, { group, looks, entries, problems });
  }

  #lookAtAll({ folder, names }: Group): Looks {
    return new Map(names.map((name) => [name, tryLookAt(join(this.#context.root, folder.path, name))]));
  }
}

function problemsOf({ problems, entries }: Shelf): Problem[] {
  const faults = entries.flatMap(({ version }) =>
    version.problems.map((problem) => ({ path: version.id, problem })),
  );
  return [...problems, ...faults];
}

class Slice {
  #changed: CatalogEntry[] = [];
  #removed: string[] = [];

  get size(): number {
    return this.#changed.length + this.#removed.length;
  }

  replace(before: CatalogEntry[], after: CatalogEntry[]): void {
    const ids = new Set(after.map(({ version }) => version.id));
    this.remove(before.filter(({ version }) => !ids.has(version.id)));
    this.#changed.push(...after);
  }

  remove(entries: CatalogEntry[]): void {
    this.#removed.push(...entries.map(({ version }) => version.id));
  }

  take(): CatalogChange {
    const change = { changed: this.#changed, removed: this.#removed };
    this.#changed = [];
    this.#removed = [];
    return change;
  }
}

function sameFiles(a: Looks, b: Looks): boolean {
  return a.size === b.size && [...a].every(([name, look]) => sameLook(look, b.get(name) ?? null));
}

function sameLook(a: Look, b: Look): boolean {
  return a !== null && b !== null && 'ino' in a && 'ino' in b && sameIdentity(a, b);
}
