/** Does one thing at a time. What comes meanwhile waits, of each kind the newest alone, so that a slow disk gathers no queue. */
export class SaveLane<Kind> {
  readonly #waiting = new Map<Kind, () => Promise<void>>();
  #running: Promise<void> | null = null;

  get isBusy(): boolean {
    return this.#running !== null;
  }

  /** What waits of the same kind gives up its place to this. */
  put(kind: Kind, work: () => Promise<void>): void {
    this.#waiting.set(kind, work);
    this.#running ??= this.#run();
  }

  /** Resolves once nothing is done and nothing waits. */
  async settled(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    try {
      for (;;) {
        const [next] = this.#waiting;
        if (!next) return;
        this.#waiting.delete(next[0]);
        await next[1]();
      }
    } finally {
      this.#running = null;
    }
  }
}
