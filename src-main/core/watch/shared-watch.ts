import { posix } from 'node:path';
import { RunWatcher } from './watch-run.ts';

/**
 * Tells that something happened to what all models of a run share: that stands in folders in which no versions are looked for. Where the run can
 * only be polled, each look at it tells.
 */
export class SharedWatch {
  readonly #folders: readonly string[];
  readonly #watcher: RunWatcher;

  /** @param paths of these files, relative to the run; they need not be there. Where there are none nothing is watched */
  constructor(root: string, paths: readonly string[], onTouched: () => void) {
    const folders = paths.map((path) => posix.dirname(path));
    this.#folders = paths.length === 0 ? [] : ['', ...new Set(folders)];
    this.#watcher = new RunWatcher(root, (hints) => {
      this.#watcher.cover(this.#folders, hints);
      if (paths.some((path) => isHinted(path, hints))) onTouched();
    });
    this.cover();
  }

  /** Watches the folders as they stand by now. */
  cover(): void {
    this.#watcher.cover(this.#folders, new Set());
  }

  close(): void {
    this.#watcher.close();
  }
}

/** A hint without a name is of everything. */
function isHinted(path: string, hints: ReadonlySet<string>): boolean {
  return hints.has('') || hints.has(path) || hints.has(posix.dirname(path));
}
