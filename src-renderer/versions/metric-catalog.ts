import type { VersionRow } from '../../shared/model/version-row.ts';
import { needsExponent } from '../format/format-number.ts';

/**
 * A metric found in a run: whether any of its values has a fraction (its column then shows decimals throughout), whether one is written with
 * an exponent, which takes more room, and whether each of them is the reward of its version.
 */
export interface MetricInfo {
  name: string;
  fractional: boolean;
  exponent?: boolean;
  isReward?: boolean;
}

/** What a version may have beside metrics. */
export type Progress = 'step' | 'episode' | 'timestamp';
const progress: readonly Progress[] = ['step', 'episode', 'timestamp'];
const nothing: ReadonlySet<Progress> = new Set();

/** The numeric metrics of rows, in the order met; grows until they are counted again. */
export class MetricCatalog {
  readonly #found = new Map<string, Required<MetricInfo>>();
  #hasReward = false;
  #isRewardLong = false;
  #isEmpty = true;
  #lacking: ReadonlySet<Progress> = new Set(progress);
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

  /** What none of these rows has; nothing where there are none. The same set as long as it is the same. */
  get lacking(): ReadonlySet<Progress> {
    return this.#isEmpty ? nothing : this.#lacking;
  }

  add(row: VersionRow): void {
    const { names, values, at } = row.metrics;
    this.#isEmpty = false;
    this.#noteLacking(row);
    if (row.reward !== null) {
      this.#hasReward = true;
      this.#isRewardLong ||= needsExponent(row.reward);
    }
    for (const [index, name] of names.entries()) {
      const value = values[at + index] ?? Number.NaN;
      const isFractional = Number.isFinite(value) && !Number.isInteger(value);
      this.#note(name, isFractional, needsExponent(value), Object.is(value, row.reward));
      this.#isRewardLong ||= name === 'mean_reward' && needsExponent(value);
    }
  }

  /** Forgets what none of these rows has, such as once a run is taken out. */
  recount(rows: Iterable<VersionRow>): void {
    this.#found.clear();
    this.#hasReward = false;
    this.#isRewardLong = false;
    this.#isEmpty = true;
    this.#lacking = new Set(progress);
    this.#list = [];
    for (const row of rows) this.add(row);
  }

  #noteLacking(row: VersionRow): void {
    for (const part of this.#lacking)
      if (row[part] !== null) this.#lacking = new Set([...this.#lacking].filter((each) => each !== part));
  }

  #note(name: string, fractional: boolean, exponent: boolean, isReward: boolean): void {
    const known = this.#found.get(name);
    const all = known ?? { name, fractional: false, exponent: false, isReward: true };
    const isKnown = fractional <= all.fractional && exponent <= all.exponent && isReward >= all.isReward;
    if (known && isKnown) return;
    this.#found.set(name, {
      name,
      fractional: fractional || all.fractional,
      exponent: exponent || all.exponent,
      isReward: isReward && all.isReward,
    });
    this.#list = null;
  }
}
