import { join } from 'node:path';
import { bareIntegrity } from '../../../shared/model/integrity.ts';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import { type FileIdentity, sameIdentity, tryLookAt } from '../files/file-identity.ts';
import { Catalog, type CatalogChange } from './catalog.ts';
import { type ListedChange, listVersion } from './listed-version.ts';
import type { CatalogEntry } from './read-group.ts';

/** How far apart the two looks are that tell a file being written, in milliseconds. */
const secondLookAfter = 200;

/**
 * A catalog that looks twice: a file that a hint pointed at is looked at again 200 ms later, and for as long as it keeps
 * changing it is said to be written, not broken.
 */
export class LiveCatalog {
  readonly #root: string;
  readonly #catalog: Catalog;
  readonly #emit: (change: ListedChange) => void;
  readonly #metric: string;
  readonly #writing = new Set<string>();
  #awaiting = new Map<string, FileIdentity>();
  #timer: NodeJS.Timeout | null = null;

  constructor(root: string, config: StorageConfig, emit: (change: ListedChange) => void) {
    this.#root = root;
    this.#catalog = new Catalog(root, config);
    this.#emit = emit;
    this.#metric = config.best_model_selection_metric;
  }

  get problems() {
    return this.#catalog.problems;
  }

  get folders() {
    return this.#catalog.folders;
  }

  /** Looks at the whole run. @throws system errors when its folder is gone */
  reconcile(): void {
    for (const change of this.#catalog.reconcile()) this.#emit(this.#mark(change));
  }

  /** Looks where hints point (names relative to the run), now and again when the files have had time to change. */
  refresh(hints: Iterable<string>): void {
    const change = this.#catalog.refresh(hints);
    for (const { record, identity } of change.changed) if (identity) this.#awaiting.set(record.id, identity);
    if (this.#awaiting.size > 0) this.#timer ??= setTimeout(() => this.#lookAgain(), secondLookAfter);
    if (change.changed.length + change.removed.length > 0) this.#emit(this.#mark(change));
  }

  close(): void {
    if (this.#timer) clearTimeout(this.#timer);
  }

  #lookAgain(): void {
    this.#timer = null;
    const looks = this.#awaiting;
    this.#awaiting = new Map();
    const settled: string[] = [];
    const growing: string[] = [];
    for (const [id, before] of looks) {
      const now = tryLookAt(join(this.#root, id));
      if (now && 'ino' in now && !sameIdentity(before, now)) growing.push(id);
      else if (this.#writing.delete(id)) settled.push(id);
    }
    for (const id of growing) this.#writing.add(id);
    this.refresh(growing);
    this.#emitAgain(settled);
  }

  /** Files that stopped changing look as the catalog last saw them. */
  #emitAgain(ids: readonly string[]): void {
    if (ids.length === 0) return;
    const changed = ids.flatMap((id) => this.#catalog.entry(id) ?? []);
    this.#emit(this.#mark({ changed, removed: [] }));
  }

  #mark({ changed, removed }: CatalogChange): ListedChange {
    for (const id of removed) this.#writing.delete(id);
    return { changed: changed.map((entry) => listVersion(this.#markOne(entry), this.#metric)), removed };
  }

  #markOne(entry: CatalogEntry): CatalogEntry {
    if (!this.#writing.has(entry.record.id)) return entry;
    const detail = `being written: ${entry.record.file_size_bytes.toLocaleString('en')} bytes so far`;
    return { ...entry, integrity: bareIntegrity('writing', detail) };
  }
}
