import type { MetricValues } from '../../../../shared/model/metric-values.ts';
import { type Measured, type Origin, sameList } from './measured.ts';

/** What was measured of a version, as it is found. */
export class MeasuredDraft {
  /** What each is called: its place among the metrics of the run, or a name that only this version has. */
  readonly called: (number | string)[] = [];
  readonly values: number[] = [];
  readonly origins: Origin[] = [];

  add(called: number | string, value: number, file: string, at: number): void {
    this.called.push(called);
    this.values.push(value);
    const last = this.origins.at(-1);
    if (last?.file === file && Object.is(last.at, at)) last.count += 1;
    else this.origins.push({ count: 1, file, at });
  }
}

/** Keeps what was measured of versions in little room: numbers in few arrays, and each list of names once. */
export class KeptMeasured {
  readonly #nameOf: (metric: number) => string;
  readonly #blocks = new NumberBlocks();
  readonly #names = new Map<string, readonly string[]>();
  #lastNamed: Pick<MeasuredDraft, 'called'> & { names: readonly string[] } = { called: [], names: [] };

  /** @param nameOf what the metrics of the run are called, by their places */
  constructor(nameOf: (metric: number) => string) {
    this.#nameOf = nameOf;
  }

  keep({ called, values, origins }: MeasuredDraft): Pick<Measured, 'metrics' | 'origins'> {
    return { metrics: { names: this.#namesOf(called), ...this.#blocks.put(values) }, origins };
  }

  /** The same list for versions that have the same metrics. */
  #namesOf(called: MeasuredDraft['called']): readonly string[] {
    if (sameList(called, this.#lastNamed.called)) return this.#lastNamed.names;
    const key = JSON.stringify(called);
    const names =
      this.#names.get(key) ?? called.map((each) => (typeof each === 'number' ? this.#nameOf(each) : each));
    this.#names.set(key, names);
    this.#lastNamed = { called, names };
    return names;
  }
}

/** In numbers. */
const [firstBlock, largestBlock] = [256, 65_536];

/** Numbers of many versions in few arrays: one for each version costs more than the numbers. */
class NumberBlocks {
  #block = new Float64Array(firstBlock);
  #used = 0;

  put(numbers: readonly number[]): Omit<MetricValues, 'names'> {
    if (this.#used + numbers.length > this.#block.length) {
      this.#block = new Float64Array(
        Math.max(numbers.length, Math.min(2 * this.#block.length, largestBlock)),
      );
      this.#used = 0;
    }
    const at = this.#used;
    this.#block.set(numbers, at);
    this.#used += numbers.length;
    return { values: this.#block, at };
  }
}
