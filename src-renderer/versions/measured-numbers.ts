import type { VersionRow } from '../../shared/model/version-row.ts';
import type { Measure } from './measure.ts';

/** Measures of all versions by slot, each worked out when it is first asked for; NaN where a version has none. */
export class MeasuredNumbers {
  readonly #rows: readonly (VersionRow | undefined)[];
  readonly #numbers = new Map<string, Float64Array>();

  /** @param rows by slot; they may change, and then `clear` says so */
  constructor(rows: readonly (VersionRow | undefined)[]) {
    this.#rows = rows;
  }

  /** The same array until it is forgotten. */
  of({ id, of }: Pick<Measure, 'id' | 'of'>): Float64Array {
    const known = this.#numbers.get(id);
    if (known) return known;
    const numbers = Float64Array.from(this.#rows, (row) => (row ? of(row) : null) ?? Number.NaN);
    this.#numbers.set(id, numbers);
    return numbers;
  }

  /** @param ids of measures that say something else by now */
  forget(ids: readonly string[]): void {
    for (const id of ids) this.#numbers.delete(id);
  }

  clear(): void {
    this.#numbers.clear();
  }
}
