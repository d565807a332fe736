import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { RunIsLockedError } from '../errors.ts';
import { intentFolder, ownFolder } from '../operations/operation.ts';
import { RunWatcher } from './watch-run.ts';

/** How long, in milliseconds, the record of an operation is left alone: most end by themselves before. */
const patience = 500;

/**
 * Settles, while a run is open, what other processes left half done in it. Only the run's lock tells whether somebody is still at it, and no event tells that
 * he was killed: while there are records of operations, it is tried again.
 */
export class InterruptedWatch {
  readonly #folder: string;
  readonly #settleAll: () => Promise<void>;
  readonly #watcher: RunWatcher;
  #timer: NodeJS.Timeout | null;
  #isClosed = false;
  /** The names of records for which nothing more can be done, such as damaged ones; '' for none. */
  #lasting = '';

  /**
   * @param settle finishes or undoes what was interrupted, and is told when there is no more of it; throws {@link RunIsLockedError} while somebody else
   * writes
   */
  constructor(root: string, settle: () => Promise<void>) {
    this.#folder = join(root, intentFolder);
    this.#settleAll = settle;
    this.#watcher = new RunWatcher(root, (names) => {
      if ([...names].some((name) => isOfRecords(name))) this.cover();
    });
    this.#timer = setTimeout(() => void this.#settle(), 0);
    this.cover();
  }

  /** Watches the folders that are there by now, and looks into them soon. */
  cover(): void {
    if (this.#isClosed) return;
    this.#watcher.cover(['', ownFolder, intentFolder], new Set());
    this.#timer ??= setTimeout(() => void this.#settle(), patience);
  }

  close(): void {
    this.#isClosed = true;
    if (this.#timer) clearTimeout(this.#timer);
    this.#watcher.close();
  }

  async #settle(): Promise<void> {
    if (this.#isWorthATry()) {
      const found = this.#list();
      this.#lasting = (await this.#isHeldUp()) ? '' : found;
    }
    this.#timer = null;
    if (this.#isWorthATry()) this.cover();
  }

  #isWorthATry(): boolean {
    return this.#list() !== this.#lasting;
  }

  /** @returns whether somebody else writes, so that nothing was done */
  async #isHeldUp(): Promise<boolean> {
    try {
      await this.#settleAll();
      return false;
    } catch (error) {
      return error instanceof RunIsLockedError;
    }
  }

  #list(): string {
    try {
      return readdirSync(this.#folder).sort().join('/');
    } catch {
      return '';
    }
  }
}

/** Whether a name in the run is that of the records, or of a folder that they are in. */
function isOfRecords(name: string): boolean {
  return name === '' || name === ownFolder || `${name}/`.startsWith(`${intentFolder}/`);
}
