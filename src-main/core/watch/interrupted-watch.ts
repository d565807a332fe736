import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { RunIsLockedError } from '../errors.ts';
import { intentFolder, ownFolder } from '../operations/operation.ts';
import { RunWatcher } from './watch-run.ts';

/** How long, in milliseconds, the record of an operation is left alone: most end by themselves before. */
const patience = 500;
const intents = basename(intentFolder);

/**
 * Settles, while a run is open, what other processes left half done in it. Only the run's lock tells whether somebody is still at it, and no event tells that
 * he was killed: while there are records of operations, it is tried again.
 */
export class InterruptedWatch {
  readonly #folder: string;
  readonly #recover: () => Promise<void>;
  readonly #watcher: RunWatcher;
  #timer: NodeJS.Timeout | null;
  #isClosed = false;
  /** The names of records for which nothing more can be done, such as damaged ones. */
  #lasting = '';

  /** @param recover finishes or undoes what was interrupted; throws {@link RunIsLockedError} while somebody else writes */
  constructor(root: string, recover: () => Promise<void>) {
    this.#folder = join(root, intentFolder);
    this.#recover = recover;
    this.#watcher = new RunWatcher(join(root, ownFolder), (names) => {
      if ([...names].some((name) => name === '' || name.split('/')[0] === intents)) this.cover();
    });
    this.#timer = setTimeout(() => void this.#settle(), 0);
    this.cover();
  }

  /** Watches the folders that are there by now, and looks into them soon. */
  cover(): void {
    if (this.#isClosed) return;
    this.#watcher.cover(['', intents], new Set());
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
    const found = this.#list();
    return found !== '' && found !== this.#lasting;
  }

  /** @returns whether somebody else writes, so that nothing was done */
  async #isHeldUp(): Promise<boolean> {
    try {
      await this.#recover();
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
