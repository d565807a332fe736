/** Counts the rows that are zeros alone, of numbers that come in portions, row after row. */
export class ZeroRows {
  /** Of the rows that have ended. */
  count = 0;
  readonly #length: number;
  #left: number;
  #isZero = true;

  /** `length`: numbers of a row. */
  constructor(length: number) {
    this.#length = length;
    this.#left = length;
  }

  /** The first `count` numbers are the next ones. */
  add(numbers: Float64Array, count: number): void {
    for (let at = 0; at < count; ) {
      const end = Math.min(count, at + this.#left);
      this.#isZero &&= isZero(numbers, at, end);
      this.#left -= end - at;
      if (this.#left === 0) this.#endRow();
      at = end;
    }
  }

  #endRow(): void {
    if (this.#isZero) this.count += 1;
    this.#isZero = true;
    this.#left = this.#length;
  }
}

/** Most rows begin with another number than zero, and are not gone through. */
function isZero(numbers: Float64Array, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if (numbers[at] !== 0) return false;
  return true;
}
