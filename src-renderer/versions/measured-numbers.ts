import type { VersionRow } from '../../shared/model/version-row.ts';
import type { Measure } from './measure.ts';

/** Measures of all rows by slot, NaN where there is none, worked out when somebody asks. */
export class MeasuredNumbers {
  readonly #known = new Map<string, Float64Array>();

  /** The same array until all are forgotten. */
  of({ id, of }: Measure, rows: readonly (VersionRow | undefined)[]): Float64Array {
    const known = this.#known.get(id);
    if (known) return known;
    const numbers = Float64Array.from(rows, (row) => (row ? of(row) : null) ?? Number.NaN);
    this.#known.set(id, numbers);
    return numbers;
  }

  /** A row came, changed or went. */
  forget(): void {
    this.#known.clear();
  }
}
