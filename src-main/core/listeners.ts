/** Who wants to be told of something. */
export class Listeners<Event> {
  readonly #listeners = new Set<(event: Event) => void>();

  /** @returns what ends it */
  add(listener: (event: Event) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  clear(): void {
    this.#listeners.clear();
  }

  /** One that fails fails alone, which is a warning of the process: what it is told of has happened, and who did it hears that it was done. */
  tell(event: Event): void {
    for (const listener of this.#listeners)
      try {
        listener(event);
      } catch (error) {
        process.emitWarning(error instanceof Error ? error : String(error));
      }
  }
}
