import type { IntegrityState } from '../../shared/model/integrity.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import type { QueryError } from '../../shared/query/language/query-error.ts';
import type { RowGroup } from './arrange-groups.ts';
import { Badges } from './badges.ts';
import { createDefaultOrder } from './default-order.ts';
import type { RowFilter, RunNames } from './filter-rows.ts';
import { FilteredRows } from './filtered-rows.ts';
import type { GroupBy } from './group-keys.ts';
import type { Measure } from './measure.ts';
import { MeasuredNumbers } from './measured-numbers.ts';
import { mergeOrder } from './merge-order.ts';
import { MetricCatalog } from './metric-catalog.ts';
import { RowGroups } from './row-groups.ts';
import { RowSlots } from './row-slots.ts';
import { type CompareSlots, createSortKeys, type SortKeys, type SortValue } from './sort-keys.ts';
import { StateCounts } from './state-counts.ts';

export interface RowSort {
  value: SortValue;
  direction: 'asc' | 'desc';
}

/**
 * Versions of one run or of several, sorted, filtered and grouped. Changes are collected by `set` and `delete` and take effect together in
 * `refresh`, whose cost follows the number of changes; a new sort or filter takes effect at once.
 */
export class VersionList {
  readonly metrics = new MetricCatalog();
  readonly #slots = new RowSlots();
  readonly #default = createDefaultOrder(this.#slots.rows);
  readonly #counts = new StateCounts();
  readonly #numbers = new MeasuredNumbers(this.#slots.rows);
  readonly #filtered = new FilteredRows(this.#slots.rows, this.#numbers);
  readonly #badges = new Badges((handle) => this.get(handle));
  /** Slots whose row is new, gone, or may stand elsewhere now. */
  readonly #moved = new Set<number>();
  #stale = false;
  #sortKeys: SortKeys | null = null;
  #compare: CompareSlots = this.#default.compare;
  #order: Uint32Array = new Uint32Array();
  #matching: Uint32Array = new Uint32Array();
  readonly #groups = new RowGroups();

  /** Slots of the rows to show, in order, those of folded groups too; a new array whenever the order changes. */
  get shown(): Uint32Array {
    return this.#groups.shown;
  }

  /** How many lines the table has: rows that are not folded away, and the headings of groups. */
  get lineCount(): number {
    return this.#groups.lines.length;
  }

  get groups(): readonly RowGroup[] {
    return this.#groups.groups;
  }

  /** How far the ranges reach that numbers are grouped by; null where nothing is put into ranges. */
  get groupStep(): number | null {
    return this.#groups.step;
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
    return this.rowIn(this.#groups.lines[line] ?? -1);
  }

  /** The group whose heading is on a line. */
  groupAt(line: number): RowGroup | undefined {
    return this.#groups.groupAt(line);
  }

  /** The row in a slot of `shown`. */
  rowIn(slot: number): VersionRow | undefined {
    return this.#slots.rows[slot];
  }

  /** The slots of all rows, in order. */
  slots(): Uint32Array {
    return this.#order;
  }

  /** All slots are below it. */
  get slotCount(): number {
    return this.#slots.rows.length;
  }

  slotOf(handle: number): number | undefined {
    return this.#slots.slotOf(handle);
  }

  /** A measure of all versions by slot, NaN where there is none; the same array until a row comes, changes or goes. */
  numbers(measure: Pick<Measure, 'id' | 'of'>): Float64Array {
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
    return this.#slots.rowsIn(this.#groups.lines);
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
    return slot === undefined ? -1 : this.#groups.lines.indexOf(slot);
  }

  /** The line of a group's heading, or -1. */
  indexOfGroup(key: string): number {
    return this.#groups.indexOf(key);
  }

  /** The group that a row is in, where rows are grouped. */
  groupOf(handle: number): RowGroup | undefined {
    const slot = this.#slots.slotOf(handle);
    return slot === undefined ? undefined : this.#groups.groupOf(slot);
  }

  /** The shown handles from one to another, both included; the second alone where the first is not shown. */
  between(from: number, to: number): number[] {
    const [start, end] = [this.indexOf(from), this.indexOf(to)];
    if (start < 0 || end < 0) return [to];
    const lines = this.#groups.lines.subarray(Math.min(start, end), Math.max(start, end) + 1);
    return Array.from(lines).flatMap((slot) => this.#slots.rows[slot]?.handle ?? []);
  }

  /** The version with the badge of the best, as far as rows have come. */
  get best(): VersionRow | null {
    return this.#badges.holder('is_best');
  }

  get latest(): VersionRow | null {
    return this.#badges.holder('is_latest');
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
    this.#badges.note(row);
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
  setGrouping(by: GroupBy | null): void {
    this.refresh();
    this.#groups.groupBy(by);
    this.#fill(this.#groups);
    this.#arrange();
  }

  /** Which groups show their heading alone. */
  setFolded(folded: ReadonlySet<string>): void {
    this.#groups.fold(folded);
  }

  setFilter(filter: RowFilter): void {
    this.#filtered.setFilter(filter, this.metrics.list);
    this.refresh();
    this.#showMatching();
  }

  /** What runs are called, for queries. */
  setRunNames(names: RunNames): void {
    this.#filtered.setRunNames(names, this.metrics.list);
    this.refresh();
    this.#showMatching();
  }

  get runNames(): RunNames {
    return this.#filtered.runNames;
  }

  #touch(): void {
    this.#stale = true;
    this.#numbers.clear();
  }

  #setKeys(slot: number, row: VersionRow): boolean {
    let changed = false;
    for (const keys of this.#default.keys) changed = keys.set(slot, row) || changed;
    this.#groups.set(slot, row);
    return this.#sortKeys?.set(slot, row) || changed;
  }

  #fill(keys: Pick<SortKeys | RowGroups, 'set'> | null): void {
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
    this.#groups.arrange(this.#matching, this.#sortKeys === null);
  }
}
