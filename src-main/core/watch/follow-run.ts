import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Problem, WatchState } from '../../../shared/model/run.ts';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import { escapeName } from '../catalog/escape-name.ts';
import type { KnownVersions } from '../catalog/known-versions.ts';
import { runFolders } from '../catalog/list-names.ts';
import type { ListedChange } from '../catalog/listed-version.ts';
import { LiveCatalog } from '../catalog/live-catalog.ts';
import { errorCode, explainError } from '../files/error-code.ts';
import { type FileStatus, tryLookAt } from '../files/file-identity.ts';
import { checksumListName } from '../integrity/checksum-list.ts';
import { isFolder } from '../open-run-folder.ts';
import { foldersAbove, RunWatcher } from './watch-run.ts';

/** `looked`: the whole run has been looked at; the view equals the disk. */
export type FollowEvent =
  | { type: 'changed'; change: ListedChange }
  | { type: 'looked'; problems: Problem[]; watch: WatchState };

const pollEvery = 5000;
const reconcileEvery = 3 * 60_000;
const lookForReturnEvery = 500;
/** Folders that are made while those found before are looked at are found so often; then by the next reconcile. */
const mostRounds = 5;

/** Follows one run on disk: all there is at first, then differences, for as long as it is not closed. */
export class RunFollower {
  readonly #root: string;
  readonly #emit: (event: FollowEvent) => void;
  readonly #catalog: LiveCatalog;
  /** The folders of the run and those on the way to them, outer ones first. */
  readonly #folders: readonly string[];
  /** Those, and what is in them of versions that are folders: what is watched. */
  #covered: ReadonlySet<string> = new Set();
  #watcher: RunWatcher;
  #home: FileStatus | null;
  /** Of a run whose folder is gone: whether a link to a folder was in its place when that was told last. */
  #isLinked = false;
  #timer: NodeJS.Timeout | null = null;

  constructor(
    root: string,
    config: StorageConfig,
    emit: (event: FollowEvent) => void,
    known: KnownVersions | null = null,
  ) {
    this.#root = root;
    this.#emit = emit;
    this.#home = folderAt(root);
    this.#catalog = new LiveCatalog(root, config, (change) => emit({ type: 'changed', change }), known);
    const folders = runFolders(config).flatMap(({ path }) => [...foldersAbove(path), path]);
    this.#folders = [...new Set(folders)];
    this.#watcher = this.#newWatcher();
  }

  /**
   * Watches first and looks second, so that nothing falls between.
   * @param hinted names, relative to the run, that something happened to
   */
  reconcile(hinted: ReadonlySet<string> = new Set()): void {
    if (this.#timer) clearTimeout(this.#timer);
    const here = tryLookAt(this.#root);
    if (here instanceof Error) return this.#refused(here);
    if (here?.type !== 'folder') return this.#lost();
    if (here.ino !== this.#home?.ino || hinted.has(basename(this.#root))) this.#rehome(here);
    this.#cover(hinted);
    const started = Date.now();
    try {
      this.#catalog.reconcile();
      this.#coverFound();
    } catch (error) {
      return this.#failed(error);
    }
    this.#looked(Date.now() - started);
  }

  close(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#watcher.close();
    this.#catalog.close();
  }

  #newWatcher(): RunWatcher {
    return new RunWatcher(this.#root, (hints) => this.#onHints(hints));
  }

  #looked(tookMs: number): void {
    const watch = this.#watcher.state;
    this.#emit({ type: 'looked', problems: this.#catalog.problems, watch });
    const wait = watch.state === 'live' ? reconcileEvery : Math.max(pollEvery, 10 * tookMs);
    this.#timer = setTimeout(() => this.reconcile(), wait);
  }

  #onHints(hints: Set<string>): void {
    const decisive = [...this.#folders, basename(this.#root), checksumListName];
    if (decisive.some((name) => hints.has(name)) || !folderAt(this.#root)) return this.reconcile(hints);
    this.#catalog.refresh(hints);
    this.#coverFound(hints);
    this.#emit({ type: 'looked', problems: this.#catalog.problems, watch: this.#watcher.state });
  }

  #cover(hinted: ReadonlySet<string>): void {
    this.#covered = new Set([...this.#folders, ...this.#catalog.folders]);
    this.#watcher.cover([...this.#covered], hinted);
  }

  /** Watches the folders of versions that were found just now, and looks at them once more: something may have come between. */
  #coverFound(hinted: ReadonlySet<string> = new Set()): void {
    for (let again = 0, news = hinted; again < mostRounds; again += 1, news = new Set()) {
      const fresh = this.#catalog.folders.filter((path) => !this.#covered.has(path) || news.has(path));
      if (fresh.length === 0) return;
      this.#cover(news);
      this.#catalog.refresh(fresh);
    }
  }

  #failed(error: unknown): void {
    const code = errorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') this.#lost();
    else this.#refused(error);
  }

  /** The folder is there and cannot be looked at: say why, and try again. */
  #refused(error: unknown): void {
    const detail = `the run cannot be looked at: ${explainError(error)}`;
    this.#emit({ type: 'looked', problems: this.#catalog.problems, watch: { state: 'polling', detail } });
    this.#timer = setTimeout(() => this.reconcile(), pollEvery);
  }

  /** The folder is gone: say so, and where it went if that can be told, and look for it to come back. */
  #lost(): void {
    this.#watcher.close();
    this.#isLinked = isFolder(this.#root);
    this.#emit({ type: 'looked', problems: [], watch: { state: 'gone', ...this.#whereTo() } });
    this.#timer = setTimeout(() => this.#lookForReturn(), lookForReturnEvery);
  }

  #lookForReturn(): void {
    if (folderAt(this.#root)) return this.reconcile();
    if (isFolder(this.#root) !== this.#isLinked) return this.#lost();
    this.#timer = setTimeout(() => this.#lookForReturn(), lookForReturnEvery);
  }

  #rehome(here: FileStatus): void {
    this.#home = here;
    this.#watcher.close();
    this.#watcher = this.#newWatcher();
  }

  #whereTo(): Omit<WatchState, 'state'> {
    // What is written to is a real folder: such a run is opened where the link leads.
    if (this.#isLinked)
      return { detail: 'a link to a folder is in its place', renamed: basename(this.#root), linked: true };
    const name = this.#home && findByInode(dirname(this.#root), this.#home);
    return name
      ? { detail: `the folder was renamed to ${escapeName(name)}`, renamed: name }
      : { detail: 'the folder was moved or removed, or its disk is gone' };
  }
}

function folderAt(path: string): FileStatus | null {
  const look = tryLookAt(path);
  return look && !(look instanceof Error) && look.type === 'folder' ? look : null;
}

function findByInode(parent: string, wanted: FileStatus): string | null {
  try {
    const found = readdirSync(parent).find((name) => {
      const look = folderAt(join(parent, name));
      return look?.ino === wanted.ino && look.dev === wanted.dev;
    });
    return found ?? null;
  } catch {
    return null;
  }
}
