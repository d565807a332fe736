import { Damage } from './damage.ts';

const mostProblems = 20;

/** Collects what is wrong while the rest is read on. */
export class Problems {
  readonly #sentences: string[] = [];
  #more = 0;

  add(sentence: string): void {
    if (this.#sentences.length < mostProblems) this.#sentences.push(sentence);
    else this.#more += 1;
  }

  /**
   * What the work gives, or null after a {@link Damage}, whose sentence is kept, with what it is about where that is
   * named. Anything else is thrown on.
   */
  async try<T>(work: () => T | Promise<T>, about?: string): Promise<T | null> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Damage)) throw error;
      this.add(about === undefined ? error.message : `${about}: ${error.message}`);
      return null;
    }
  }

  get sentences(): readonly string[] {
    return this.#more === 0 ? this.#sentences : [...this.#sentences, `and ${this.#more} more of the kind`];
  }
}
