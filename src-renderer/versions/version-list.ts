import type { IntegrityState } from '../../shared/model/integrity.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import type { QueryError } from '../../shared/query/language/query-error.ts';
import { type Arranged, arrange, lineOfGroup, type RowGroup, refold } from './arrange-groups.ts';
import { createDefaultOrder } from './default-order.ts';
import type { RowFilter } from './filter-rows.ts';
import { FilteredRows } from './filtered-rows.ts';
import { GroupKeys, type GroupOf } from './group-keys.ts';
import type { Measure } from './measure.ts';
import { MeasuredNumbers } from './measured-numbers.ts';
import { mergeOrder } from './merge-order.ts';
import { MetricCatalog } from './metric-catalog.ts';
import { RowSlots } from './row-slots.ts';
import { type CompareSlots, createSortKeys, type SortKeys, type SortValue } from './sort-keys.ts';
import { StateCounts } from './state-counts.ts';

export interface RowSort {
  value: SortValue;
  direction: 'asc' | 'desc';
}

/**
 * The versions of one run, sorted and filtered. Changes are collected by `set` and `delete` and take effect together in
 * `refresh`, whose cost follows the number of changes; a new sort or filter takes effect at once.
 */
export class VersionList {
  readonly metrics = new MetricCatalog();
  readonly #slots = new RowSlots();
  readonly #default = createDefaultOrder(this.#slots.rows);
  readonly #counts = new StateCounts();
  readonly #numbers = new MeasuredNumbers(this.#slots.rows);
  readonly #filtered = new FilteredRows(this.#slots.rows, this.#numbers);
  /** Slots whose row is new, gone, or may stand elsewhere now. */
  readonly #moved = new Set<number>();
  #stale = false;
  #best: number | null = null;
  #latest: number | null = null;
  #sortKeys: SortKeys | null = null;
  #compare: CompareSlots = this.#default.compare;
  #order: Uint32Array = new Uint32Array();
  #matching: Uint32Array = new Uint32Array();
  #groupKeys: GroupKeys | null = null;
  #folded: ReadonlySet<string> = new Set();
  #arranged: Arranged = arrange(new Uint32Array(), null, this.#folded);

  /** Slots of the rows to show, in order, those of folded groups too; a new array whenever the order changes. */
  get shown(): Uint32Array {
    return this.#arranged.shown;
  }

  /** How many lines the table has: rows that are not folded away, and the headings of groups. */
  get lineCount(): number {
    return this.#arranged.lines.length;
  }

  get groups(): readonly RowGroup[] {
    return this.#arranged.groups;
  }

  /** What is wrong with the query, if anything is. */
  get fault(): QueryError | null {
    return this.#filtered.fault;
  }

  /** Whether the query is taken only as far as it goes. */
  get isPartial(): boolean {
    return this.#filtered.isPartial;
  }

  get total(): number {
    return this.#slots.size;
  }

  /** The row on a line; undefined for the heading of a group. */
  rowAt(line: number): VersionRow | undefined {
    return this.rowIn(this.#arranged.lines[line] ?? -1);
  }

  /** The group whose heading is on a line. */
  groupAt(line: number): RowGroup | undefined {
    return this.#arranged.groupAt(line);
  }

  /** The row in a slot of `shown`. */
  rowIn(slot: number): VersionRow | undefined {
    return this.#slots.rows[slot];
  }

  /** The slots of all rows, in order. */
  slots(): Uint32Array {
    return this.#order;
  }

  slotOf(handle: number): number | undefined {
    return this.#slots.slotOf(handle);
  }

  /** A measure of all versions by slot, NaN where there is none; the same array until a row comes, changes or goes. */
  numbers(measure: Measure): Float64Array {
    return this.#numbers.of(measure);
  }

  /** Measures these anew when they are asked for, and filters anew where the filter asks for them. @param ids of measures */
  remeasure(ids: readonly string[]): void {
    this.#numbers.forget(ids);
    if (this.#filtered.asksFor(ids)) this.#showMatching();
  }

  get(handle: number): VersionRow | undefined {
    return this.#slots.get(handle);
  }

  /** All rows there are, in no particular order. */
  *rows(): Generator<VersionRow> {
    for (const row of this.#slots.rows) if (row) yield row;
  }

  /** The rows to show, in order, those of folded groups too. */
  shownRows(): Generator<VersionRow> {
    return this.#slots.rowsIn(this.shown);
  }

  /** The rows that have a line, in order: folded ones have none. */
  unfoldedRows(): Generator<VersionRow> {
    return this.#slots.rowsIn(this.#arranged.lines);
  }

  /** The rows of a group, in order. */
  rowsOf({ from, count }: RowGroup): Generator<VersionRow> {
    return this.#slots.rowsIn(this.shown.subarray(from, from + count));
  }

  /** The newest version of a group. */
  newestOf({ from, count }: RowGroup): VersionRow | undefined {
    const slots = this.shown.subarray(from, from + count);
    const first = slots.reduce((newest, slot) => (this.#default.compare(slot, newest) < 0 ? slot : newest));
    return this.#slots.rows[first];
  }

  handles(): Iterable<number> {
    return this.#slots.handles();
  }

  /** The line of a row, or -1. */
  indexOf(handle: number): number {
    const slot = this.#slots.slotOf(handle);
    return slot === undefined ? -1 : this.#arranged.lines.indexOf(slot);
  }

  /** The line of a group's heading, or -1. */
  indexOfGroup(key: string): number {
    return lineOfGroup(this.#arranged, key);
  }

  /** The group that a row is in, where rows are grouped. */
  groupOf(handle: number): RowGroup | undefined {
    const slot = this.#slots.slotOf(handle);
    const key = slot === undefined ? undefined : this.#groupKeys?.nameOf(slot);
    return this.groups.find((group) => group.key === key);
  }

  /** The shown handles from one to another, both included; the second alone where the first is not shown. */
  between(from: number, to: number): number[] {
    const [start, end] = [this.indexOf(from), this.indexOf(to)];
    if (start < 0 || end < 0) return [to];
    const lines = this.#arranged.lines.subarray(Math.min(start, end), Math.max(start, end) + 1);
    return Array.from(lines).flatMap((slot) => this.#slots.rows[slot]?.handle ?? []);
  }

  /** The version with the badge of the best, as far as rows have come. */
  get best(): VersionRow | null {
    return this.#badged(this.#best, 'is_best');
  }

  get latest(): VersionRow | null {
    return this.#badged(this.#latest, 'is_latest');
  }

  /** How many versions are in each state; states without any are absent. */
  counts(): ReadonlyMap<IntegrityState, number> {
    return this.#counts.all();
  }

  set(row: VersionRow): void {
    const before = this.get(row.handle);
    const slot = this.#slots.set(row);
    this.#counts.replace(before, row);
    this.metrics.add(row);
    if (row.is_best) this.#best = row.handle;
    if (row.is_latest) this.#latest = row.handle;
    if (this.#setKeys(slot, row) || !before) this.#moved.add(slot);
    this.#touch();
  }

  delete(handle: number): void {
    this.#counts.replace(this.get(handle), undefined);
    const slot = this.#slots.delete(handle);
    if (slot !== undefined) this.#moved.add(slot);
    this.#touch();
  }

  refresh(): void {
    if (!this.#stale) return;
    this.#stale = false;
    // Who has asked since a row changed got numbers that belong to the old order.
    this.#numbers.clear();
    if (this.#moved.size > 0) {
      const isAlive = (slot: number) => this.#slots.rows[slot] !== undefined;
      this.#order = mergeOrder(this.#order, this.#moved, isAlive, this.#compare);
      this.#moved.clear();
    }
    this.#filtered.rowsChanged(this.metrics.list);
    this.#showMatching();
  }

  /** Null sorts newest first. */
  setSort(sort: RowSort | null): void {
    this.refresh();
    this.#sortKeys = sort && createSortKeys(sort.value);
    this.#fill(this.#sortKeys);
    const byColumn = sort && this.#sortKeys?.compare(sort.direction);
    const byDefault = this.#default.compare;
    this.#compare = byColumn ? (a, b) => byColumn(a, b) || byDefault(a, b) : byDefault;
    this.#order = this.#order.slice().sort(this.#compare);
    this.#filtered.rowsChanged(this.metrics.list);
    this.#showMatching();
  }

  /** Null shows rows without groups. */
  setGrouping(of: GroupOf | null): void {
    this.refresh();
    this.#groupKeys = of && new GroupKeys(of);
    this.#folded = new Set();
    this.#fill(this.#groupKeys);
    this.#arrange();
  }

  /** Which groups show their heading alone. */
  setFolded(folded: ReadonlySet<string>): void {
    this.#folded = folded;
    this.#arranged = refold(this.#arranged, folded);
  }

  setFilter(filter: RowFilter): void {
    this.#filtered.setFilter(filter, this.metrics.list);
    this.refresh();
    this.#showMatching();
  }

  #touch(): void {
    this.#stale = true;
    this.#numbers.clear();
  }

  #setKeys(slot: number, row: VersionRow): boolean {
    let changed = false;
    for (const keys of this.#default.keys) changed = keys.set(slot, row) || changed;
    this.#groupKeys?.set(slot, row);
    return this.#sortKeys?.set(slot, row) || changed;
  }

  #fill(keys: Pick<SortKeys | GroupKeys, 'set'> | null): void {
    for (const slot of this.#order) {
      const row = this.#slots.rows[slot];
      if (row) keys?.set(slot, row);
    }
  }

  #showMatching(): void {
    this.#matching = this.#filtered.leftOf(this.#order);
    this.#arrange();
  }

  #arrange(): void {
    this.#arranged = arrange(this.#matching, this.#groupKeys, this.#folded);
  }

  #badged(handle: number | null, badge: 'is_best' | 'is_latest'): VersionRow | null {
    const row = handle === null ? undefined : this.get(handle);
    return row?.[badge] ? row : null;
  }
}
