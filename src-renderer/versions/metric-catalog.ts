import type { VersionRow } from '../../shared/model/version-row.ts';

/** A metric found in a run, and whether any of its values has a fraction (its column then shows decimals throughout). */
export interface MetricInfo {
  name: string;
  fractional: boolean;
}

/** The numeric metrics of rows, in the order met; grows until they are counted again. */
export class MetricCatalog {
  readonly #found = new Map<string, MetricInfo>();
  #hasReward = false;
  /** Null once something new was found. */
  #list: readonly MetricInfo[] | null = [];

  /** The same array as long as nothing new was found. */
  get list(): readonly MetricInfo[] {
    this.#list ??= [...this.#found.values()];
    return this.#list;
  }

  /** Whether some of these rows has a reward, under either of its names. */
  get hasReward(): boolean {
    return this.#hasReward || this.#found.has('mean_reward');
  }

  add(row: VersionRow): void {
    const { names, values, at } = row.metrics;
    if (row.reward !== null) this.#hasReward = true;
    for (const [index, name] of names.entries()) {
      const value = values[at + index] ?? Number.NaN;
      this.#note(name, Number.isFinite(value) && !Number.isInteger(value));
    }
  }

  /** Forgets what none of these rows has, such as once a run is taken out. */
  recount(rows: Iterable<VersionRow>): void {
    this.#found.clear();
    this.#hasReward = false;
    this.#list = [];
    for (const row of rows) this.add(row);
  }

  #note(name: string, fractional: boolean): void {
    const known = this.#found.get(name);
    if (known && (known.fractional || !fractional)) return;
    this.#found.set(name, { name, fractional });
    this.#list = null;
  }
}
