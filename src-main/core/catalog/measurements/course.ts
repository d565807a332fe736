/** How far a training had come by its last measurement, and what is to be settled of it. */
export interface CourseState {
  /** The place of that measurement. */
  last: number;
  /** Whether it was before the place of the one before it, though its metric had not come so far. */
  isDoubted: boolean;
  /** Whether not all metrics count alike. */
  isMixed: boolean;
}

const beginning: CourseState = { last: Number.NEGATIVE_INFINITY, isDoubted: false, isMixed: false };

/**
 * The course of a training, by the places of what was measured in the order in which a file has it. Training went back where a metric is measured
 * before a place that it had come to. Where one is measured before the place of another without having come so far itself, and goes on from
 * there, the two do not count alike (one counts epochs, or the steps of something else), and where one goes back no more is told of others.
 */
export class Course {
  #last: number;
  #isDoubted: boolean;
  #isMixed: boolean;
  /** Later ones are beyond those before them: what is before an earlier one takes that away. */
  readonly #backs: { at: number; order: number }[] = [];
  #order = 0;

  constructor({ last, isDoubted, isMixed }: CourseState = beginning) {
    this.#last = last;
    this.#isDoubted = isDoubted;
    this.#isMixed = isMixed;
  }

  get state(): CourseState {
    return { last: this.#last, isDoubted: this.#isDoubted, isMixed: this.#isMixed };
  }

  /** Whether all that was measured counts alike. */
  get isOne(): boolean {
    return !this.#isDoubted && !this.#isMixed;
  }

  /** How often training went back so far. */
  get backs(): number {
    return this.#order;
  }

  /** The first of the places to which training went back after it had so many times; Infinity for none. */
  backTo(backs: number): number {
    let [low, high] = [0, this.#backs.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#backs[middle]?.order ?? 0) <= backs) low = middle + 1;
      else high = middle;
    }
    return this.#backs[low]?.at ?? Number.POSITIVE_INFINITY;
  }

  /** @param at where something was measured @param reached the last place of its metric before; -Infinity for none */
  take(at: number, reached: number): void {
    if (this.#isMixed) return;
    const wasDoubted = this.#isDoubted;
    this.#isDoubted = false;
    if (reached > at) this.#goBack(wasDoubted ? Math.min(this.#last, at) : at);
    else if (wasDoubted && at !== this.#last) this.#isMixed = true;
    else this.#isDoubted = wasDoubted || at < this.#last;
    this.#last = at;
  }

  #goBack(at: number): void {
    while ((this.#backs.at(-1)?.at ?? Number.NEGATIVE_INFINITY) >= at) this.#backs.pop();
    this.#order += 1;
    this.#backs.push({ at, order: this.#order });
  }
}
