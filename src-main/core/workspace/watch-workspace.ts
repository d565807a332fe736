import type { WatchState } from '../../../shared/model/run.ts';
import { RunWatcher } from '../watch/watch-run.ts';
import { foldersBelow } from './folders-below.ts';
import { mostRunless } from './runless-folders.ts';
import { type RunPlace, watchedFolders } from './watched-folders.ts';
import type { SearchEnd } from './workspace-worker.ts';

/**
 * In milliseconds: what happens in this time is seen at once; how often is looked where there are more folders than are watched; where nothing
 * can be watched; and how often all the same, for events are hints. A search that takes long is repeated less often: {@link restAfter}.
 */
const wait = { gather: 2000, unwatched: 5000, poll: 30_000, reconcile: 3 * 60_000 };
/** A search that was at work so long, in milliseconds, is followed by this many times as long without one. */
const restAfter = 10;

/**
 * Tells when the runs below a folder are worth another search: something happened there, or nobody can tell. A kernel watch for each folder
 * of a run, and for each in which none is yet, for a training makes its folder long before its first checkpoint; where the system has none left
 * it is said, and the folder is searched from time to time.
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
  /** Whether a search is on its way, or what it found is not watched yet. */
  #isSearching = false;
  /** Names that something happened to since folders were covered. */
  #hints = new Set<string>();
  /** Folders that came since the first search, the newest first. */
  #newFolders: string[] = [];
  /** Whether more of them came at once than are watched. */
  #isPartial = false;

  /** @param searchAgain is called at most once after each {@link cover} */
  constructor(root: string, searchAgain: () => void) {
    this.#root = root;
    this.#searchAgain = searchAgain;
  }

  get state(): WatchState {
    return this.#watcher?.state ?? { state: 'off', detail: null };
  }

  /**
   * Watches the runs that a search found, what came since the first one, and as many as there is room for where none is yet; nothing else. It is
   * done some at a time; where it is stopped meanwhile nothing is watched.
   */
  async cover(
    runs: Iterable<RunPlace>,
    { runless, runlessCount, workedMs }: Omit<SearchEnd, 'problems'>,
  ): Promise<void> {
    this.#watcher ??= new RunWatcher(this.#root, (names) => this.#hint(names));
    const watcher = this.#watcher;
    this.#isSearching = true;
    const hints = this.#hints;
    this.#hints = new Set();
    this.#noteNew(hints);
    const withoutRun = [...new Set([...this.#newFolders, ...runless])];
    const folders = new Set([...watchedFolders(runs), ...withoutRun.slice(0, mostRunless)]);
    const isNew = await watcher.coverInTurns([...folders], hints);
    if (watcher !== this.#watcher) return;
    const isLive = this.state.state === 'live';
    this.#isHinted ||= isLive && isNew;
    this.#isSearching = false;
    this.#restUntil = performance.now() + restAfter * workedMs;
    const isPartial = this.#isPartial || Math.max(runlessCount, withoutRun.length) > mostRunless;
    if (this.#isHinted) this.#schedule(wait.gather);
    else if (!isLive) this.#schedule(wait.poll);
    else this.#schedule(isPartial ? wait.unwatched : wait.reconcile);
  }

  /** The search did not come to its end: another one is asked for in some time, and none before. */
  searchFailed(): void {
    this.#isSearching = false;
    this.#restUntil = performance.now() + wait.poll;
    this.#schedule(wait.poll);
  }

  /** Nothing is watched until something is covered again. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#watcher?.close();
    this.#watcher = null;
    this.#hints = new Set();
    this.#newFolders = [];
    this.#isPartial = false;
    this.#isHinted = false;
    this.#isSearching = false;
  }

  /** Those noted before are gone through again: in each, one may have come before it was watched. */
  #noteNew(hints: ReadonlySet<string>): void {
    const found = foldersBelow(this.#root, hints, mostRunless);
    const before = foldersBelow(this.#root, this.#newFolders, mostRunless);
    this.#newFolders = [...new Set([...found.folders, ...before.folders])].slice(0, mostRunless);
    this.#isPartial ||= !found.isWhole;
  }

  #hint(names: ReadonlySet<string>): void {
    if (!this.#watcher) return;
    for (const name of names) this.#hints.add(name);
    if (this.#isHinted) return;
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
