import type { WatchState } from '../../../shared/model/run.ts';
import { RunWatcher } from '../watch/watch-run.ts';
import { watchedFolders } from './watched-folders.ts';

/**
 * In milliseconds: what happens in this time is seen at once; how often is looked where nothing can be watched; and how often all the same,
 * for events are hints.
 */
const wait = { gather: 2000, poll: 30_000, reconcile: 3 * 60_000 };
/** A search that takes so long, in milliseconds, is followed by this many times as long without one. */
const restAfter = 10;

/**
 * Tells when the runs below a folder are worth another search: something happened there, or nobody can tell. A kernel watch for each folder
 * of a run; where the system has none left it is said, and the folder is searched from time to time.
 */
export class WorkspaceWatch {
  readonly #root: string;
  readonly #searchAgain: () => void;
  #watcher: RunWatcher | null = null;
  #timer: NodeJS.Timeout | undefined;
  /** When another search may begin, on the clock of `performance.now()`. */
  #restUntil = 0;
  /** Whether something happened since a search began; what happened before its runs were watched may have. */
  #isHinted = false;
  #isSearching = false;
  #covered: ReadonlySet<string> = new Set();

  /** @param searchAgain is called at most once after each {@link cover} */
  constructor(root: string, searchAgain: () => void) {
    this.#root = root;
    this.#searchAgain = searchAgain;
  }

  get state(): WatchState {
    return this.#watcher?.state ?? { state: 'off', detail: null };
  }

  /** Watches these runs, and no others. @param tookMs how long it took to find them */
  cover(runs: Iterable<string>, tookMs: number): void {
    this.#watcher ??= new RunWatcher(this.#root, () => this.#hint());
    const folders = watchedFolders(runs);
    this.#watcher.cover(folders, new Set());
    const isLive = this.state.state === 'live';
    this.#isHinted ||= isLive && folders.some((path) => !this.#covered.has(path));
    this.#covered = new Set(folders);
    this.#isSearching = false;
    this.#restUntil = performance.now() + restAfter * tookMs;
    if (this.#isHinted) this.#schedule(wait.gather);
    else this.#schedule(isLive ? wait.reconcile : wait.poll);
  }

  /** Nothing is watched until something is covered again. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#watcher?.close();
    this.#watcher = null;
    this.#covered = new Set();
    this.#isHinted = false;
    this.#isSearching = false;
  }

  #hint(): void {
    if (this.#isHinted || !this.#watcher) return;
    this.#isHinted = true;
    if (!this.#isSearching) this.#schedule(wait.gather);
  }

  #schedule(after: number): void {
    clearTimeout(this.#timer);
    const rest = this.#restUntil - performance.now();
    this.#timer = setTimeout(() => this.#search(), Math.max(after, rest)).unref();
  }

  #search(): void {
    this.#isHinted = false;
    this.#isSearching = true;
    this.#searchAgain();
  }
}
