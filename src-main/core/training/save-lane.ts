/**
 * Does one thing at a time, in the order they came. What comes meanwhile waits, of each kind the newest alone, so that a slow disk gathers no
 * queue; what waits together is all done before anything newer, so that no kind waits for ever.
 */
export class SaveLane<Kind> {
  readonly #waiting = new Map<Kind, () => Promise<void>>();
  #running: Promise<void> | null = null;

  get isBusy(): boolean {
    return this.#running !== null;
  }

  /** What waits of the same kind gives up its place, and this is the last. Work tells itself what came of it: the lane goes on where it throws. */
  put(kind: Kind, work: () => Promise<void>): void {
    this.#waiting.delete(kind);
    this.#waiting.set(kind, work);
    this.#running ??= Promise.resolve().then(() => this.#run());
  }

  /** Resolves once nothing is done and nothing waits. */
  async settled(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    try {
      while (this.#waiting.size > 0) {
        const together = [...this.#waiting.values()];
        this.#waiting.clear();
        for (const work of together) await work().catch(() => undefined);
      }
    } finally {
      this.#running = null;
    }
  }
}
