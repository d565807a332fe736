import { RunWatcher } from './watch-run.ts';

/** How much longer than reading took nothing is read anew, so that logs that grow all the time do not keep a core busy. */
const rest = 4;

/** What is followed: the folders, relative to the run, that logs are in, and how to take in what they say. */
interface Followed {
  folders: () => readonly string[];
  refresh: () => Promise<void>;
}

/** Takes in what is measured of a run as training logs it: one look at a time, and never without rest in between. */
export class MeasurementsWatch {
  readonly #watcher: RunWatcher;
  readonly #followed: Followed;
  #isDue = false;
  #timer: NodeJS.Timeout | null = null;
  #isReading = false;
  /** Reading, or at rest after it. */
  #isBusy = false;
  #isClosed = false;

  constructor(root: string, followed: Followed) {
    this.#followed = followed;
    this.#watcher = new RunWatcher(root, (names) => {
      this.#watcher.cover(this.#followed.folders(), names);
      this.hint();
    });
  }

  /** Something happened to the run: its logs may be others by now. */
  hint(): void {
    this.#isDue = true;
    if (!this.#isBusy && !this.#isClosed) void this.#look();
  }

  /** Whether what the logs said last is taken in. */
  get isDone(): boolean {
    return !this.#isReading && !this.#isDue;
  }

  close(): void {
    this.#isClosed = true;
    if (this.#timer) clearTimeout(this.#timer);
    this.#watcher.close();
  }

  async #look(): Promise<void> {
    this.#isDue = false;
    this.#isBusy = true;
    this.#isReading = true;
    const started = performance.now();
    await this.#followed.refresh();
    this.#isReading = false;
    if (this.#isClosed) return;
    this.#watcher.cover(this.#followed.folders(), new Set());
    const took = performance.now() - started;
    this.#timer = setTimeout(() => this.#rested(), rest * took);
  }

  #rested(): void {
    this.#isBusy = false;
    if (this.#isDue) this.hint();
  }
}
