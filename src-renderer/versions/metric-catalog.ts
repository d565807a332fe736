import type { VersionRow } from '../../shared/model/version-row.ts';
import { needsExponent } from '../format/format-number.ts';

/**
 * A metric found in a run: whether any of its values has a fraction (its column then shows decimals throughout), and whether one is written with
 * an exponent, which takes more room.
 */
export interface MetricInfo {
  name: string;
  fractional: boolean;
  exponent?: boolean;
}

/** The numeric metrics of rows, in the order met; grows until they are counted again. */
export class MetricCatalog {
  readonly #found = new Map<string, MetricInfo>();
  #hasReward = false;
  #isRewardLong = false;
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

  /** Whether a reward is written with an exponent. */
  get isRewardLong(): boolean {
    return this.#isRewardLong;
  }

  add(row: VersionRow): void {
    const { names, values, at } = row.metrics;
    if (row.reward !== null) {
      this.#hasReward = true;
      this.#isRewardLong ||= needsExponent(row.reward);
    }
    for (const [index, name] of names.entries()) {
      const value = values[at + index] ?? Number.NaN;
      this.#note(name, Number.isFinite(value) && !Number.isInteger(value), needsExponent(value));
      this.#isRewardLong ||= name === 'mean_reward' && needsExponent(value);
    }
  }

  /** Forgets what none of these rows has, such as once a run is taken out. */
  recount(rows: Iterable<VersionRow>): void {
    this.#found.clear();
    this.#hasReward = false;
    this.#isRewardLong = false;
    this.#list = [];
    for (const row of rows) this.add(row);
  }

  #note(name: string, fractional: boolean, exponent: boolean): void {
    const known = this.#found.get(name);
    if (known && (known.fractional || !fractional) && (known.exponent || !exponent)) return;
    this.#found.set(name, {
      name,
      fractional: fractional || (known?.fractional ?? false),
      exponent: exponent || (known?.exponent ?? false),
    });
    this.#list = null;
  }
}
