import { type FSWatcher, watch } from 'node:fs';
import { join } from 'node:path';
import type { WatchState } from '../../../shared/model/run.ts';
import { describeRemote } from '../files/describe-remote.ts';
import { errorCode, explainError } from '../files/error-code.ts';
import { tryLookAt } from '../files/file-identity.ts';
import { inTurns } from '../files/in-turns.ts';

/** Hints gathered before they are passed on, in milliseconds: long enough to take a burst as one, short enough to seem at once. */
const gatherFor = 60;

/** To look at a folder and to watch it takes some calls of the system: so many are watched before others have their turn. */
const inOneGo = 100;

interface Watched {
  watcher: FSWatcher;
  ino: number;
}

/**
 * Watches the folders of a run, one kernel watch each, and passes on the names that something happened to. Events are hints:
 * none is trusted to come, or to be true.
 */
export class RunWatcher {
  readonly #root: string;
  readonly #onHints: (names: Set<string>) => void;
  readonly #watchers = new Map<string, Watched>();
  #closing = new AbortController();
  #hints = new Set<string>();
  #timer: NodeJS.Timeout | null = null;
  #trouble: string | null = null;

  constructor(root: string, onHints: (names: Set<string>) => void) {
    this.#root = root;
    this.#onHints = onHints;
    this.#trouble = describeRemote(root);
  }

  get state(): WatchState {
    return this.#trouble === null
      ? { state: 'live', detail: null }
      : { state: 'polling', detail: this.#trouble };
  }

  /**
   * Watches these folders, and no others, as they stand: those that appeared, or are others than before, anew.
   * @param folders relative to the run, '' for the run itself
   * @param hinted folders that something happened to: these, and what is below them, are watched anew in any case, for a
   * folder that is made again may get the number of the one that was removed
   * @returns whether any is watched only from now on: what happened in it before is not told
   */
  cover(folders: readonly string[], hinted: ReadonlySet<string>): boolean {
    const before = this.#keep(folders, hinted);
    for (const folder of folders) this.#coverOne(folder);
    return this.#isAnyNew(before);
  }

  /** The same, some at a time, for thousands of folders in a thread that others wait for. Once it is closed nothing more is watched. */
  async coverInTurns(folders: readonly string[], hinted: ReadonlySet<string>): Promise<boolean> {
    const before = this.#keep(folders, hinted);
    const { signal } = this.#closing;
    for await (const some of inTurns(folders, undefined, inOneGo)) {
      if (signal.aborted) return false;
      for (const folder of some) this.#coverOne(folder);
    }
    return this.#isAnyNew(before);
  }

  /** @returns what is watched by now, and stays */
  #keep(folders: readonly string[], hinted: ReadonlySet<string>): ReadonlySet<Watched> {
    const wanted = new Set(folders);
    for (const folder of this.#watchers.keys())
      if (!wanted.has(folder) || isAtOrBelow(folder, hinted)) this.#forget(folder);
    return new Set(this.#watchers.values());
  }

  #isAnyNew(before: ReadonlySet<Watched>): boolean {
    return [...this.#watchers.values()].some((watched) => !before.has(watched));
  }

  #coverOne(folder: string): void {
    if (this.#trouble !== null) return;
    const ino = inodeOfFolder(join(this.#root, folder));
    if (this.#watchers.get(folder)?.ino === ino) return;
    this.#forget(folder);
    if (ino !== null) this.#watch(folder, ino);
  }

  close(): void {
    this.#closing.abort();
    this.#closing = new AbortController();
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#hints.clear();
    for (const { watcher } of this.#watchers.values()) watcher.close();
    this.#watchers.clear();
  }

  #watch(folder: string, ino: number): void {
    try {
      const watcher = watch(join(this.#root, folder), (_event, name) => this.#hint(folder, name));
      watcher.on('error', () => {
        this.#forget(folder);
        this.#add('');
      });
      this.#watchers.set(folder, { watcher, ino });
    } catch (error) {
      if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return;
      this.#trouble =
        errorCode(error) === 'ENOSPC' ? 'the system’s limit of file watches is reached' : explainError(error);
    }
  }

  #hint(folder: string, name: string | null): void {
    if (name === null) return this.#add('');
    this.#add(folder === '' ? name : `${folder}/${name}`);
  }

  #forget(folder: string): void {
    this.#watchers.get(folder)?.watcher.close();
    this.#watchers.delete(folder);
  }

  #add(name: string): void {
    this.#hints.add(name);
    this.#timer ??= setTimeout(() => {
      const hints = this.#hints;
      this.#hints = new Set();
      this.#timer = null;
      this.#onHints(hints);
    }, gatherFor);
  }
}

function isAtOrBelow(folder: string, hinted: ReadonlySet<string>): boolean {
  return hinted.size > 0 && [folder, ...foldersAbove(folder)].some((path) => path !== '' && hinted.has(path));
}

/** The folders on the way to one, relative to the same root, the outermost first: of `a/b/c`, `a` and `a/b`. */
export function foldersAbove(folder: string): string[] {
  const parts = folder.split('/');
  return parts.slice(1).map((_part, index) => parts.slice(0, index + 1).join('/'));
}

function inodeOfFolder(path: string): number | null {
  const look = tryLookAt(path);
  return look && 'ino' in look && look.type === 'folder' ? look.ino : null;
}
