import type { VersionRow } from '../../shared/model/version-row.ts';

/** A metric found in a run, and whether any of its values has a fraction (its column then shows decimals throughout). */
export interface MetricInfo {
  name: string;
  fractional: boolean;
}

/** The numeric metrics of a run's rows, in the order met; only ever grows while the run is open. */
export class MetricCatalog {
  readonly #found = new Map<string, MetricInfo>();
  #list: readonly MetricInfo[] = [];

  /** The same array as long as nothing new was found. */
  get list(): readonly MetricInfo[] {
    return this.#list;
  }

  add(row: VersionRow): void {
    const { names, values, at } = row.metrics;
    for (const [index, name] of names.entries()) {
      const value = values[at + index] ?? Number.NaN;
      this.#note(name, Number.isFinite(value) && !Number.isInteger(value));
    }
  }

  #note(name: string, fractional: boolean): void {
    const known = this.#found.get(name);
    if (known && (known.fractional || !fractional)) return;
    this.#found.set(name, { name, fractional });
    this.#list = [...this.#found.values()];
  }
}
