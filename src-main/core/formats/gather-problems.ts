import type { Stop } from './contents.ts';
import { Damage, LimitReached } from './damage.ts';

const mostProblems = 20;

/** Collects what is wrong while the rest is read on. */
export class Problems {
  readonly #sentences: string[] = [];
  #more = 0;
  #stopped: Stop | undefined;

  add(sentence: string): void {
    if (this.#sentences.length < mostProblems) this.#sentences.push(sentence);
    else this.#more += 1;
  }

  /** The same where not all of the file was looked at: one limit may be met again and again. */
  addLimit(sentence: string): void {
    if (!this.#sentences.includes(sentence)) this.add(sentence);
    this.#stopped ??= { why: sentence, state: 'unknown' };
  }

  /** What others are about, each sentence led by what that is. */
  addAll({ sentences, stopped }: Problems, about: string): void {
    for (const sentence of sentences) this.add(`${about}: ${sentence}`);
    if (stopped) this.#stopped ??= { ...stopped, why: `${about}: ${stopped.why}` };
  }

  /** The first limit that was reached; undefined where all was looked at. */
  get stopped(): Stop | undefined {
    return this.#stopped;
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
      const sentence = about === undefined ? error.message : `${about}: ${error.message}`;
      if (error instanceof LimitReached) this.addLimit(sentence);
      else this.add(sentence);
      return null;
    }
  }

  get sentences(): readonly string[] {
    return this.#more === 0 ? this.#sentences : [...this.#sentences, `and ${this.#more} more of the kind`];
  }
}
