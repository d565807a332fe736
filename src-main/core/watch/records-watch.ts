import { manifestsFolder } from '../backup/count-backups.ts';
import { choicesFile } from '../choices/run-choices.ts';
import { marksFile } from '../marks/marks.ts';
import { foldersAbove, RunWatcher } from './watch-run.ts';

const folders = ['', ...foldersAbove(manifestsFolder), manifestsFolder];
/** Names in it that something of this is in, or below. The log of verifications, the lock and others are written all the time. */
const records = new Set(['', marksFile, choicesFile, ...folders]);

/** Watches what is on record of a run: what people noted and chose, and its backups. Whoever writes it, also in another process. */
export class RecordsWatch {
  readonly #watcher: RunWatcher;

  /** @param bookkeeping where Cairn keeps what it knows of the run; it need not be there yet */
  constructor(bookkeeping: string, onHint: () => void) {
    this.#watcher = new RunWatcher(bookkeeping, (names) => {
      if (![...names].some((name) => records.has(name.split('/')[0] ?? ''))) return;
      // What is made in a folder that appeared just now is told by the folder alone.
      this.cover();
      onHint();
    });
    this.cover();
  }

  /** Watches the folders that are there by now. */
  cover(): void {
    this.#watcher.cover(folders, new Set());
  }

  close(): void {
    this.#watcher.close();
  }
}
