import type { DiskFile } from './disk.ts';

/** So many bytes are written before the disk is told to take them in. */
const flushEvery = 64 * 1024 * 1024;

/**
 * Puts what is written to a file on the medium while more of it is written, one flush at a time: the sync at its end then has
 * little to wait for. After a flush that failed there is no other: a second would lie.
 */
export class FlushBehind {
  readonly #file: Pick<DiskFile, 'sync'>;
  #unflushed = 0;
  #flush: Promise<void> | null = null;
  #failed: { error: unknown } | null = null;

  constructor(file: Pick<DiskFile, 'sync'>) {
    this.#file = file;
  }

  /** Takes in that so many bytes more are written. @throws what a flush failed with */
  wrote(bytes: number): void {
    this.throwIfFailed();
    this.#unflushed += bytes;
    if (this.#unflushed < flushEvery || this.#flush !== null) return;
    this.#unflushed = 0;
    this.#flush = this.#file.sync().then(
      () => {
        this.#flush = null;
      },
      (error: unknown) => {
        this.#failed = { error };
      },
    );
  }

  /** Once no flush is under way any more, whatever came of it. */
  async ended(): Promise<void> {
    await this.#flush;
  }

  /** @throws what a flush failed with: the system tells it once */
  throwIfFailed(): void {
    if (this.#failed !== null) throw this.#failed.error;
  }
}
