import type { VersionRow } from '../../shared/model/version-row.ts';
import { ownWords } from '../../shared/query/language/contains-word.ts';
import type { QueryError } from '../../shared/query/language/query-error.ts';
import type { Query } from '../../shared/query/language/query-tree.ts';
import {
  isSameQuery,
  keepSlots,
  type ReadFilter,
  type RowFilter,
  type RunNames,
  readFilter,
  showAll,
  slotTest,
} from './filter-rows.ts';
import { slotsWithin } from './measure.ts';
import type { MeasuredNumbers } from './measured-numbers.ts';
import type { MetricInfo } from './metric-catalog.ts';
import { slotReaders } from './slot-readers.ts';

/** What a filter leaves of rows. While a range is drawn only ranges change: what the query leaves is found out once. */
export class FilteredRows {
  readonly #rows: readonly (VersionRow | undefined)[];
  readonly #numbers: MeasuredNumbers;
  #filter = showAll;
  #metrics: readonly MetricInfo[] = [];
  /** What runs are called, for queries. */
  runNames: RunNames = new Map();
  #read: ReadFilter = readFilter(showAll, []);
  #queried: Uint32Array | null = null;
  /** Those of each row, by slot. */
  #words: readonly string[] | null = null;
  /** Whether the query is taken only as far as it goes. */
  isPartial = false;

  constructor(rows: readonly (VersionRow | undefined)[], numbers: MeasuredNumbers) {
    this.#rows = rows;
    this.#numbers = numbers;
  }

  /** What is wrong with the query, if anything is. */
  get fault(): QueryError | null {
    return this.#read.fault;
  }

  setFilter(filter: RowFilter, metrics: readonly MetricInfo[]): void {
    const isSame = isSameQuery(filter, this.#filter);
    this.#filter = filter;
    if (!isSame) this.#readQuery(metrics);
  }

  setRunNames(names: RunNames, metrics: readonly MetricInfo[]): void {
    this.runNames = names;
    this.#readQuery(metrics);
  }

  /** Rows came, went, changed, or are in another order. */
  rowsChanged(metrics: readonly MetricInfo[]): void {
    // A metric that came since may be the one that nothing was known of.
    if (this.#read.fault && this.#metrics !== metrics) this.#readQuery(metrics);
    this.#queried = null;
    this.#words = null;
  }

  /** Whether a range is asked of one of these measures. */
  asksFor(ids: readonly string[]): boolean {
    return this.#filter.ranges.some(({ measure }) => ids.includes(measure.id));
  }

  /** The slots that are left of these, in their order. */
  leftOf(order: Uint32Array): Uint32Array {
    this.#queried ??= this.#query(order);
    return slotsWithin(this.#queried, this.#filter.ranges, (measure) => this.#numbers.of(measure));
  }

  #readQuery(metrics: readonly MetricInfo[]): void {
    this.#metrics = metrics;
    this.#read = readFilter(this.#filter, metrics);
    this.#queried = null;
  }

  #query(order: Uint32Array): Uint32Array {
    const { query, otherwise, fault } = this.#read;
    const found = this.#keep(order, query);
    const isBegun = found.length === 0 && otherwise !== undefined;
    this.isPartial = isBegun || fault !== null;
    return isBegun ? this.#keep(order, otherwise) : found;
  }

  #keep(order: Uint32Array, query: Query): Uint32Array {
    const readers = slotReaders(this.#rows, this.#numbers, () => this.#wordsOfRows(), this.runNames);
    return keepSlots(order, this.#rows, slotTest(query, this.#filter, this.#rows, readers));
  }

  #wordsOfRows(): readonly string[] {
    this.#words ??= this.#rows.map((row) => (row ? ownWords(row) : ''));
    return this.#words;
  }
}
