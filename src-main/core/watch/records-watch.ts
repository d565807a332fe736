import { manifestsFolder } from '../backup/count-backups.ts';
import { choicesFile } from '../choices/run-choices.ts';
import { verificationsFile } from '../integrity/verification-log.ts';
import { marksFile } from '../marks/marks.ts';
import { foldersAbove, RunWatcher } from './watch-run.ts';

const folders = ['', ...foldersAbove(manifestsFolder), manifestsFolder];
/** Names in it that something of this is in, or below. The lock and others are written all the time. */
const records = new Set(['', marksFile, choicesFile, ...folders]);
const verifications = new Set(['', verificationsFile]);

/** Who is told that something may be otherwise: what people noted and chose, and its backups; or what verifying found. */
export interface RecordsHints {
  recorded: () => void;
  verified: () => void;
}

/** Watches what is on record of a run, and what is remembered of it. Whoever writes it, also in another process. */
export class RecordsWatch {
  readonly #watcher: RunWatcher;

  /** @param bookkeeping where Cairn keeps what it knows of the run; it need not be there yet */
  constructor(bookkeeping: string, { recorded, verified }: RecordsHints) {
    this.#watcher = new RunWatcher(bookkeeping, (names) => {
      const places = [...names].map((name) => name.split('/')[0] ?? '');
      if (places.some((place) => verifications.has(place))) verified();
      if (!places.some((place) => records.has(place))) return;
      // What is made in a folder that appeared just now is told by the folder alone.
      this.cover();
      recorded();
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
