import type { Value } from './value.ts';

/**
 * What a pickle stores under numbers to refer to it again. All that is known numbers from 0 on, or from 1: a row of them takes a third of a Map's
 * memory, and a fraction of its time where there are hundreds of thousands. Others are in a Map.
 */
export class Memo {
  readonly #row: Value[] = [];
  readonly #others = new Map<number, Value>();

  /** How many are stored. */
  get size(): number {
    return this.#row.length + this.#others.size;
  }

  has(number: number): boolean {
    return this.#isInRow(number) || this.#others.has(number);
  }

  get(number: number): Value | undefined {
    return this.#isInRow(number) ? this.#row[number] : this.#others.get(number);
  }

  set(number: number, value: Value): void {
    if (this.#isInRow(number)) this.#row[number] = value;
    else if (number === this.#row.length) this.#extend(value);
    else this.#others.set(number, value);
  }

  /** With what was stored beyond the end of the row, and follows it now. */
  #extend(value: Value): void {
    this.#others.delete(this.#row.length);
    this.#row.push(value);
    for (
      let next = this.#others.get(this.#row.length);
      next !== undefined;
      next = this.#others.get(this.#row.length)
    ) {
      this.#others.delete(this.#row.length);
      this.#row.push(next);
    }
  }

  #isInRow(number: number): boolean {
    return number >= 0 && number < this.#row.length;
  }
}
