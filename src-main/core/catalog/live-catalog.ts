import { join } from 'node:path';
import { bareIntegrity, type IntegrityState } from '../../../shared/model/integrity.ts';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import {
  type FileIdentity,
  isFresh,
  patience,
  sameIdentity,
  secondLookAfter,
} from '../files/file-identity.ts';
import { findHeld } from '../files/find-held.ts';
import { formatCount } from '../formats/plain-text.ts';
import { Catalog, type CatalogChange } from './catalog.ts';
import { identityOfVersion, inPlace } from './identity-of-folder.ts';
import type { KnownVersions } from './known-versions.ts';
import { type ListedChange, listVersion } from './listed-version.ts';
import type { CatalogEntry } from './make-entry.ts';

/** How often, in milliseconds, a file is looked at that is being written and has stopped growing. */
const pausedLookEvery = 1000;

/** A file as it was last seen to change, and when it is to be looked at again, on the clock of `performance.now()`. */
interface Sight {
  identity: FileIdentity;
  changedAt: number;
  due: number;
}

/**
 * A catalog that looks twice: a file that something happened to is looked at again 200 ms after it was last seen to change.
 * For as long as it keeps changing, or a live process holds it open to write, it is said to be written; so it is for a while
 * when it was modified just now and is broken.
 */
export class LiveCatalog {
  readonly #root: string;
  readonly #catalog: Catalog;
  readonly #emit: (change: ListedChange) => void;
  readonly #config: StorageConfig;
  /** Those said to be written; each of them awaits another look. */
  readonly #writing = new Set<string>();
  readonly #awaiting = new Map<string, Sight>();
  #timer: NodeJS.Timeout | null = null;

  constructor(
    root: string,
    config: StorageConfig,
    emit: (change: ListedChange) => void,
    known: KnownVersions | null = null,
  ) {
    this.#root = root;
    this.#catalog = new Catalog(root, config, known);
    this.#emit = emit;
    this.#config = config;
  }

  get #metric(): string {
    return this.#config.best_model_selection_metric;
  }

  get problems() {
    return this.#catalog.problems;
  }

  get folders() {
    return this.#catalog.folders;
  }

  /** Looks at the whole run. @throws system errors when its folder is gone */
  reconcile(): void {
    for (const change of this.#catalog.reconcile()) this.#tell(change, false);
    this.#awake();
  }

  /** Looks where hints point (names relative to the run), now and again when the files have had time to change. */
  refresh(hints: Iterable<string>): void {
    this.#tell(this.#catalog.refresh(hints), true);
    this.#awake();
  }

  close(): void {
    if (this.#timer) clearTimeout(this.#timer);
  }

  #tell({ changed, removed }: CatalogChange, isHinted: boolean): void {
    for (const id of removed) this.#forget(id);
    const held = this.#heldAmong(changed);
    for (const entry of changed) this.#see(entry, isHinted, held.has(entry.record.id));
    if (changed.length + removed.length === 0) return;
    this.#emit({ changed: changed.map((entry) => listVersion(this.#mark(entry), this.#metric)), removed });
  }

  /** Notes a file as it is seen now, to be looked at again when a hint pointed at it or it changed of late. */
  #see(entry: CatalogEntry, isHinted: boolean, isHeld: boolean): void {
    const { record, identity } = entry;
    if (!identity) return this.#forget(record.id);
    const before = this.#awaiting.get(record.id);
    const hasMoved = before && !sameIdentity(before.identity, identity);
    if (hasMoved || isHeld || isDoubtful(entry, identity)) this.#writing.add(record.id);
    if (hasMoved || (!before && (isHinted || isHeld || isFresh(identity)))) {
      const now = performance.now();
      this.#awaiting.set(record.id, { identity, changedAt: now, due: now + secondLookAfter });
    }
  }

  #forget(id: string): void {
    this.#writing.delete(id);
    this.#awaiting.delete(id);
  }

  /** Sees to it that every look that is awaited is taken in time. */
  #awake(): void {
    if (this.#timer || this.#awaiting.size === 0) return;
    let first = Number.POSITIVE_INFINITY;
    for (const { due } of this.#awaiting.values()) first = Math.min(first, due);
    const wait = Math.max(0, Math.ceil(first - performance.now()));
    this.#timer = setTimeout(() => this.#lookAgain(), wait);
  }

  #lookAgain(): void {
    this.#timer = null;
    const now = performance.now();
    const looks = [...this.#awaiting].filter(([, { due }]) => due <= now);
    const settled = looks.filter(([id, { identity }]) => this.#isStill(id, identity));
    this.#settle(settled);
    const still = new Set(settled);
    this.refresh(looks.filter((look) => !still.has(look)).map(([id]) => id));
  }

  #isStill(id: string, before: FileIdentity): boolean {
    const now = identityOfVersion(inPlace(this.#root, this.#config), id);
    return now !== null && sameIdentity(before, now);
  }

  #settle(looks: readonly [string, Sight][]): void {
    const entries = new Map(
      looks.map(([id]) => [id, this.#writing.has(id) ? this.#catalog.entry(id) : null]),
    );
    const held = this.#heldAmong([...entries.values()].filter((entry) => entry !== null));
    const changed = looks.flatMap(([id, sight]) =>
      this.#settleOne(id, sight, entries.get(id) ?? null, held.has(id)),
    );
    if (changed.length === 0) return;
    this.#emit({ changed: changed.map((entry) => listVersion(entry, this.#metric)), removed: [] });
  }

  /** A file that stopped changing looks as it is; what moved in this very moment is left to the next look. */
  #settleOne(id: string, sight: Sight, entry: CatalogEntry | null, isHeld: boolean): CatalogEntry[] {
    if (this.#writing.has(id) && !isAsSeen(entry, sight)) return [];
    const now = performance.now();
    const due = isHeld ? now + pausedLookEvery : Math.min(now + pausedLookEvery, patientUntil(entry, sight));
    if (due > now) {
      this.#awaiting.set(id, { ...sight, due });
      return [];
    }
    this.#forget(id);
    return entry ? [entry] : [];
  }

  /** Those that a live process holds open to write. Where the record agrees with the file, nobody is asked. */
  #heldAmong(entries: readonly CatalogEntry[]): Set<string> {
    const open = entries.filter(({ integrity: { state } }) => state === 'unsealed' || isBrokenState(state));
    const files = open.map(({ record: { id }, identity }) => ({ id, identity }));
    return findHeld(files, (id) => join(this.#root, id));
  }

  #mark(entry: CatalogEntry): CatalogEntry {
    if (!this.#writing.has(entry.record.id)) return entry;
    const detail = `being written: ${formatCount(entry.record.file_size_bytes)} bytes so far`;
    return { ...entry, integrity: bareIntegrity('writing', detail) };
  }
}

function isAsSeen(entry: CatalogEntry | null, { identity }: Sight): boolean {
  return entry?.identity != null && sameIdentity(entry.identity, identity);
}

/** How long the end of a file is waited for, on the clock of `performance.now()`. */
function patientUntil(entry: CatalogEntry | null, { changedAt }: Sight): number {
  return entry && isBrokenState(entry.integrity.state) ? changedAt + patience : changedAt;
}

/** Broken, and modified just now: its end may be on the way. */
function isDoubtful({ integrity: { state } }: CatalogEntry, identity: FileIdentity): boolean {
  return isBrokenState(state) && isFresh(identity);
}

/** By the size of the file alone. */
function isBrokenState(state: IntegrityState): boolean {
  return state === 'torn' || state === 'mismatch';
}
