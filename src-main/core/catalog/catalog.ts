import type { Problem } from '../../../shared/model/run.ts';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import { readAsOf } from '../config/read-as.ts';
import { tryLookAt } from '../files/file-identity.ts';
import { describeLink, isAnotherName } from './describe-link.ts';
import { escapeName } from './escape-name.ts';
import {
  isFileUntouchedSince,
  type Looks,
  linksAmong,
  listedFor,
  lookAtAll,
  noLinks,
  stateOf,
} from './group-looks.ts';
import {
  addName,
  emptied,
  type Group,
  type Groups,
  idOf,
  keyOf,
  keyOfFolder,
  modelsOf,
  placeOf,
  withoutName,
} from './group-names.ts';
import { filesOfModel, type KnownVersions } from './known-versions.ts';
import { findObstacle, type RunFolder, runFolders } from './list-names.ts';
import { type FolderNames, groupsIn, listRun, type RunListing } from './list-run.ts';
import type { CatalogEntry } from './make-entry.ts';
import { type GroupReading, readGroup } from './read-group.ts';
import { faultsOf } from './read-names.ts';
import { innerFolderOf, lookIntoFolder, parentOf } from './version-folders.ts';

/** What became different on disk. `removed` are ids. */
export interface CatalogChange {
  changed: CatalogEntry[];
  removed: string[];
}

interface Shelf {
  group: Group;
  /** Tells one state of its files, and of the checksums listed for them, from another. */
  state: string;
  ids: string[];
  problems: Problem[];
  /** Ids of links: what one leads to comes and goes without a trace in the link. */
  links: ReadonlySet<string>;
}

/** The first slice is small, so that there is something to see soon; later ones are large. */
const firstSlice = 200;
const laterSlices = 2000;

/**
 * The versions of one run as they stand on disk, and what changed since it last looked. Synchronous; opens sidecars but no
 * model file. {@link reconcile} is the truth; {@link refresh} looks only where a hint points.
 */
export class Catalog {
  readonly #folders: readonly RunFolder[];
  /** Folders that are versions, each with those in it, and folders that may become versions, by path. */
  readonly #versions = new Map<string, readonly string[]>();
  readonly #young = new Set<string>();
  readonly #root: string;
  readonly #config: StorageConfig;
  readonly #shelves = new Map<string, Shelf>();
  #checksums: ReadonlyMap<string, string> = new Map();
  #folderProblems: Problem[] = [];
  /** Known versions that the first look has not met yet, and of which files they were. */
  readonly #unmet: Map<string, string | undefined>;
  readonly #doubtful: ReadonlySet<string>;
  readonly #knownAt: number;

  /** @param known what the first look need not read and tell of again, unless it was touched since */
  constructor(root: string, config: StorageConfig, known: KnownVersions | null = null) {
    this.#root = root;
    this.#config = config;
    this.#folders = runFolders(config);
    this.#unmet = new Map(known?.ids.map((id, index) => [id, known.files[index]]));
    this.#doubtful = new Set(known?.doubtful);
    this.#knownAt = known?.at ?? Number.NEGATIVE_INFINITY;
  }

  /** Every folder in which something may happen to a version, relative to the run. */
  get folders(): string[] {
    const inside = [...this.#versions.values()].flat();
    return [...this.#folders.map(({ path }) => path), ...inside, ...this.#young];
  }

  /** What is not as it should be: folders, files that are no versions, versions whose record is at fault. */
  get problems(): Problem[] {
    const problems = [
      ...this.#folderProblems,
      ...[...this.#shelves.values()].flatMap((shelf) => this.#problemsOf(shelf)),
    ];
    return problems.map(({ path, problem }) => ({ path: escapeName(path), problem }));
  }

  #problemsOf({ group, problems, links }: Shelf): Problem[] {
    if (links.size === 0) return problems;
    const others = problems.filter(({ path }) => !links.has(path));
    return [...others, ...[...links].flatMap((link) => this.#tellLink(group, link))];
  }

  #tellLink({ folder }: Group, link: string): Problem[] {
    const path = `${this.#root}/${link}`;
    // A version that is a folder lacks what is but a link there.
    if (!folder.version && isAnotherName(path, this.#root)) return [];
    return [{ path: link, problem: describeLink(path, this.#root) }];
  }

  /** Reads every group of the last look anew; nothing is kept of a version but what tells whether it changed. */
  entries(): CatalogEntry[] {
    return [...this.#shelves.values()].flatMap(
      ({ group }) => this.#read(group, lookAtAll(this.#root, group)).entries,
    );
  }

  /** Reads one version anew; null when the last look did not see it. */
  entry(id: string): CatalogEntry | null {
    const shelf = [...this.#shelves.values()].find(({ ids }) => ids.includes(id));
    const entries = shelf ? this.#read(shelf.group, lookAtAll(this.#root, shelf.group)).entries : [];
    return entries.find(({ record }) => record.id === id) ?? null;
  }

  /** Looks at the whole run and yields differences, a slice at a time. @throws system errors when the run folder is gone */
  *reconcile(): Generator<CatalogChange> {
    const listing = listRun(this.#root, this.#config);
    this.#checksums = listing.checksums;
    const slice = new Slice();
    const gone = new Set(this.#shelves.keys());
    let sliceSize = firstSlice;
    for (const names of this.#noting(listing)) {
      for (const group of groupsIn(names, this.#config)) {
        const key = keyOf(group);
        gone.delete(key);
        this.#update(key, group, slice);
        if (slice.size < sliceSize) continue;
        yield slice.take();
        sliceSize = laterSlices;
      }
    }
    this.#folderProblems = listing.problems;
    for (const key of gone) this.#drop(key, slice);
    slice.remove([...this.#unmet.keys()]);
    this.#unmet.clear();
    if (slice.size > 0) yield slice.take();
  }

  /** Passes on the folders of the run, and notes those that are versions. */
  *#noting({ folders, young }: RunListing): Generator<FolderNames> {
    this.#versions.clear();
    this.#young.clear();
    for (const names of folders) {
      if (names.folder.version) this.#note(names);
      yield names;
    }
    for (const path of young) this.#young.add(path);
  }

  #note({ folder: { path }, folders = [] }: FolderNames): void {
    this.#versions.set(path, [path, ...folders.map((inner) => `${path}/${inner}`)]);
  }

  /** Looks at the files of these names again. Names are relative to the run, with `/`. */
  refresh(hints: Iterable<string>): CatalogChange {
    const slice = new Slice();
    const touched: Groups = new Map();
    for (const hint of hints) this.#applyHint(hint, touched);
    for (const [key, group] of touched) this.#update(key, group, slice);
    return slice.take();
  }

  #drop(key: string, slice: Slice): void {
    slice.remove(this.#shelves.get(key)?.ids ?? []);
    this.#shelves.delete(key);
  }

  #applyHint(hint: string, touched: Groups): void {
    this.#lookIntoFolder(innerFolderOf(hint, this.#config) ?? hint, touched);
    const slash = hint.lastIndexOf('/');
    const folder = this.#folders.find(({ path }) => path === hint.slice(0, Math.max(slash, 0)));
    if (!folder) return;
    const name = hint.slice(slash + 1);
    const place = placeOf(folder, name, this.#config);
    if (place.role === 'other') return;
    const key = keyOf({ folder, stem: place.stem });
    const known = touched.get(key) ?? this.#shelves.get(key)?.group;
    if (known) touched.set(key, withoutName(known, name));
    if (this.#holds(folder, name)) addName(touched, key, folder, name, place);
  }

  /** Lists a folder anew that is a version, was one, or may be one by its name. */
  #lookIntoFolder(path: string, touched: Groups): void {
    const key = keyOfFolder(path);
    const parent = touched.has(key) ? null : parentOf(path, this.#config);
    if (!parent) return;
    const { version, isYoung } = lookIntoFolder(this.#root, parent, path);
    this.#versions.delete(path);
    this.#young.delete(path);
    if (version) this.#note(version);
    else if (isYoung) this.#young.add(path);
    const known = this.#shelves.get(key)?.group;
    const [group = known && emptied(known)] = version ? groupsIn(version, this.#config) : [];
    if (group) touched.set(key, group);
  }

  /** What cannot be looked at counts as there: reading it says why. */
  #holds(folder: RunFolder, name: string): boolean {
    try {
      return !findObstacle(this.#root, folder) && tryLookAt(`${this.#root}/${idOf(folder, name)}`) !== null;
    } catch {
      return true;
    }
  }

  #update(key: string, group: Group, slice: Slice): void {
    const shelf = this.#shelves.get(key);
    const looks = lookAtAll(this.#root, group);
    const state = stateOf(looks) + listedFor(group, this.#checksums);
    if (shelf?.state === state) return;
    if (this.#isKnown(group, looks)) {
      const modelIds = modelsOf(group).map((name) => idOf(group.folder, name));
      for (const id of modelIds) this.#unmet.delete(id);
      this.#shelves.set(key, { group, state, ids: modelIds, problems: [], links: noLinks });
      return;
    }
    const { entries, problems } = this.#read(group, looks);
    slice.replace(shelf?.ids ?? [], entries);
    const ids = entries.map(({ record }) => record.id);
    for (const id of ids) this.#unmet.delete(id);
    if (looks.size === 0) this.#shelves.delete(key);
    else
      this.#shelves.set(key, {
        group,
        state,
        ids,
        problems: [...problems, ...entries.flatMap(faultsOf)],
        links: linksAmong(group, looks),
      });
  }

  /** Whether reading a group would say again what is known of it: nothing is wrong, and nothing was touched. */
  #isKnown(group: Group, looks: Looks): boolean {
    const models = this.#unmet.size === 0 ? [] : modelsOf(group);
    if (models.length === 0 || group.files.leftover.length > 0) return false;
    if (listedFor(group, this.#checksums) !== '') return false;
    if (!models.every((name) => this.#isAsKnown(group, name, looks))) return false;
    return [...looks.values()].every((look) => isFileUntouchedSince(look, this.#knownAt));
  }

  /** Whether the version that a name stands for is of the same files. */
  #isAsKnown(group: Group, name: string, looks: Looks): boolean {
    const id = idOf(group.folder, name);
    if (this.#doubtful.has(id)) return false;
    const known = this.#unmet.get(id);
    const lookAt = (each: string) => looks.get(each) ?? null;
    return known !== undefined && known === filesOfModel(group, name, lookAt, this.#config.backup_suffix);
  }

  #read(group: Group, looks: Looks): GroupReading {
    const lookAt = (name: string) => {
      const look = looks.get(name);
      return look === undefined ? tryLookAt(`${this.#root}/${idOf(group.folder, name)}`) : look;
    };
    const context = { root: this.#root, checksums: this.#checksums, lookAt };
    return readGroup(group, {
      ...context,
      backupSuffix: this.#config.backup_suffix,
      readAs: readAsOf(this.#config),
    });
  }
}

class Slice {
  #changed: CatalogEntry[] = [];
  #removed: string[] = [];

  get size(): number {
    return this.#changed.length + this.#removed.length;
  }

  replace(before: readonly string[], after: readonly CatalogEntry[]): void {
    this.remove(before.filter((id) => !after.some(({ record }) => record.id === id)));
    this.#changed.push(...after);
  }

  remove(ids: readonly string[]): void {
    this.#removed.push(...ids);
  }

  take(): CatalogChange {
    const change = { changed: this.#changed, removed: this.#removed };
    this.#changed = [];
    this.#removed = [];
    return change;
  }
}
