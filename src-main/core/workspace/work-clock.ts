/**
 * How long what does several things at once was at work: the time in which it did none of them, or waited in each by its own choice, does
 * not count. What disks and other threads take for it does.
 */
export class WorkClock {
  /** How many things are being done now. */
  #open = 0;
  #since = 0;
  #worked = 0;

  /** Until now, in milliseconds. */
  get workedMs(): number {
    return this.#worked + (this.#open > 0 ? performance.now() - this.#since : 0);
  }

  /** One of the things that are done. */
  async work<T>(doing: () => Promise<T>): Promise<T> {
    this.#begin();
    return await doing().finally(() => this.#end());
  }

  /** Within one of them: a wait that is its own choice. */
  async wait<T>(waiting: Promise<T>): Promise<T> {
    this.#end();
    return await waiting.finally(() => this.#begin());
  }

  #begin(): void {
    if (this.#open === 0) this.#since = performance.now();
    this.#open += 1;
  }

  #end(): void {
    this.#open -= 1;
    if (this.#open === 0) this.#worked += performance.now() - this.#since;
  }
}
