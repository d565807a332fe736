import { mostIntervals } from './find-in-series.ts';

/** How far a training had come by its last measurement, and what is to be settled of it. */
export interface CourseState {
  /** The place of that measurement. */
  last: number;
  /** The place of the one before it, where that was beyond, and its metric does not tell whether training went back; else null. */
  doubtedAfter: number | null;
  /** Whether not all metrics count alike. */
  isMixed: boolean;
}

const beginning: CourseState = { last: Number.NEGATIVE_INFINITY, doubtedAfter: null, isMixed: false };

/**
 * The course of a training, by the places of what was measured in the order in which a file has it. Training went back where a metric is measured
 * before a place that it had come to, and had been measured as far as training had come. Where one is measured before the place of another without having come so
 * far itself, and goes on from there, the two do not count alike (one counts epochs, the episodes of each evaluation, or the steps of something else), and
 * where one goes back no more is told of others.
 */
export class Course {
  #last: number;
  #doubtedAfter: number | null;
  #isMixed: boolean;
  /** Later ones are beyond those before them: what is before an earlier one takes that away. */
  readonly #backs: { at: number; order: number }[] = [];
  #order = 0;

  constructor({ last, doubtedAfter, isMixed }: CourseState = beginning) {
    this.#last = last;
    this.#doubtedAfter = doubtedAfter;
    this.#isMixed = isMixed;
  }

  get state(): CourseState {
    return { last: this.#last, doubtedAfter: this.#doubtedAfter, isMixed: this.#isMixed };
  }

  /** Whether all that was measured counts alike. */
  get isOne(): boolean {
    return this.#doubtedAfter === null && !this.#isMixed;
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

  /**
   * @param at where something was measured @param reached the last place of its metric before; -Infinity for none
   * @param interval between that and the one before; 0 where there is none
   */
  take(at: number, reached: number, interval: number): void {
    if (!this.#isMixed) this.#settle(at, reached > at ? reached + mostIntervals * interval : reached);
    this.#last = at;
  }

  /** @param due by where its metric would have been measured again, if that goes back; else its last place */
  #settle(at: number, due: number): void {
    const isDoubted = this.#doubtedAfter !== null;
    const cameTo = this.#doubtedAfter ?? this.#last;
    this.#doubtedAfter = null;
    if (due > at && due >= cameTo) this.#goBack(isDoubted ? Math.min(this.#last, at) : at);
    else if (isDoubted && at !== this.#last) this.#isMixed = true;
    else if (at < cameTo) this.#doubtedAfter = cameTo;
  }

  #goBack(at: number): void {
    while ((this.#backs.at(-1)?.at ?? Number.NEGATIVE_INFINITY) >= at) this.#backs.pop();
    this.#order += 1;
    this.#backs.push({ at, order: this.#order });
  }
}
