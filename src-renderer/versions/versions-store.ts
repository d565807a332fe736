import type { Failure } from '../../shared/failure.ts';
import type { IntegrityState } from '../../shared/model/integrity.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import type { QueryError } from '../../shared/query/language/query-error.ts';
import { type Choice, choose, chooseAll, extendTo, keepPresent, nothingChosen, toggle } from './choice.ts';
import { type Cursor, cursorOf } from './cursor.ts';
import { type RowFilter, type RunNames, showAll } from './filter-rows.ts';
import type { GroupBy } from './group-keys.ts';
import type { MetricInfo } from './metric-catalog.ts';
import { type RowSort, VersionList } from './version-list.ts';

/** What the screen shows of versions at one moment. `list` is live; `shown` changes whenever rows moved. */
export interface VersionsSnapshot {
  list: VersionList;
  shown: Uint32Array;
  total: number;
  loading: boolean;
  failure: Failure | null;
  metrics: readonly MetricInfo[];
  counts: ReadonlyMap<IntegrityState, number>;
  filter: RowFilter;
  /** What is wrong with the query of the filter. */
  fault: QueryError | null;
  /** Whether the query is taken only as far as it goes. */
  isPartial: boolean;
  /** The version that has the focus. */
  selected: number | null;
  choice: Choice;
  /** Where the keyboard stands: on the selected version, where it was not moved elsewhere. */
  cursor: Cursor | null;
  /** Which groups show their heading alone. */
  folded: ReadonlySet<string>;
}

/** What a snapshot keeps of the one before. */
export type Kept = Pick<VersionsSnapshot, 'loading' | 'failure' | 'filter' | 'choice' | 'cursor' | 'folded'>;

/** Runs something after so many milliseconds, with the next frame. */
export type Schedule = (flush: () => void, wait: number) => void;

/**
 * Versions as a table shows them: filtered, in order, in groups, some of them chosen. What versions there are, those know that build
 * on this. Tells its subscribers once a frame.
 */
export abstract class VersionsStore {
  /** Where the table was left, in pixels, for when it is shown again. */
  scrollTop = 0;
  /** Whether the selected version is still to be brought into view. */
  isUnseen = false;
  protected readonly list = new VersionList();
  readonly #schedule: Schedule;
  readonly #listeners = new Set<() => void>();
  #snapshot: VersionsSnapshot;
  #isSorted = false;
  #isGrouped = false;
  #scheduled = false;
  #publishedAt = Number.NEGATIVE_INFINITY;
  /** What is to be chosen as soon as it is there. */
  #awaited: Choice | null = null;

  constructor(schedule: Schedule) {
    this.#schedule = schedule;
    this.#snapshot = this.#take({
      loading: true,
      failure: null,
      filter: showAll,
      choice: nothingChosen,
      cursor: null,
      folded: new Set(),
    });
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    this.lookedAt();
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): VersionsSnapshot => this.#snapshot;

  /** Reads everything anew that there is to read. */
  abstract load(): Promise<void>;

  /** What runs are called, by their ids, for queries that ask for it. */
  setRunNames(names: RunNames): void {
    if (areSameNames(names, this.list.runNames)) return;
    this.list.setRunNames(names);
    if (this.#snapshot.filter !== showAll) this.publish({});
  }

  /** Null is the order that rows have by themselves. */
  setSort(sort: RowSort | null): void {
    // A table says how it is arranged whenever it is shown: mostly nothing follows from it.
    if (sort === null && !this.#isSorted) return;
    this.#isSorted = sort !== null;
    this.list.setSort(sort);
    this.publish({});
  }

  setFilter(filter: RowFilter): void {
    this.list.setFilter(filter);
    this.publish({ filter });
  }

  /** Null shows rows without groups. */
  setGrouping(by: GroupBy | null): void {
    if (by === null && !this.#isGrouped) return;
    this.#isGrouped = by !== null;
    this.list.setGrouping(by);
    this.publish({ folded: new Set(), cursor: null });
  }

  /** Shows of these groups the headings alone, of all others the rows too. */
  setFolded(folded: ReadonlySet<string>): void {
    this.list.setFolded(folded);
    this.publish({ folded });
  }

  /** Puts the keyboard somewhere without choosing anything. */
  moveCursor(cursor: Cursor): void {
    this.publish({ cursor });
  }

  /** Chooses one version and nothing else. */
  select(handle: number | null): void {
    this.#choose(choose(handle));
  }

  /** Chooses these as soon as they are there, and shows the one whatever the filter hides. */
  showVersion(handle: number, chosen: Iterable<number> = [handle]): void {
    this.#awaited = { ...choose(handle), chosen: new Set(chosen) };
    this.publish({});
  }

  /** Chooses none; keys go on from where the choice was. */
  chooseNone(): void {
    const { selected } = this.#snapshot.choice;
    this.publish({ choice: choose(null), cursor: selected === null ? null : { handle: selected } });
  }

  /** Chooses one more, or one less. */
  toggle(handle: number): void {
    this.publish({ choice: toggle(this.#snapshot.choice, handle), cursor: { handle } });
  }

  /** Chooses everything from where the choice began to this version. */
  extendTo(handle: number): void {
    this.#choose(extendTo(this.#snapshot.choice, handle, (from, to) => this.list.between(from, to)));
  }

  /** Chooses all of these. */
  chooseAll(handles: Iterable<number>): void {
    this.publish({ choice: chooseAll(this.#snapshot.choice, handles) });
  }

  protected get isWatched(): boolean {
    return this.#listeners.size > 0;
  }

  /** Somebody looks from now on. */
  protected lookedAt(): void {
    // What is put in order all the time has nothing to catch up with.
  }

  protected publishSoon(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    const wait = Math.max(0, this.#publishedAt + paceOf(this.list.total) - performance.now());
    this.#schedule(() => {
      this.#scheduled = false;
      this.publish({});
    }, wait);
  }

  protected publish(given: Partial<Kept>): void {
    this.#publishedAt = performance.now();
    this.list.refresh();
    if (given.choice) this.#awaited = null;
    const change = { ...given, ...this.#takeAwaited(!(given.loading ?? this.#snapshot.loading)) };
    this.#snapshot = this.#take({ ...this.#snapshot, ...change });
    for (const listener of this.#listeners) listener();
  }

  #choose(choice: Choice): void {
    this.publish({ choice, cursor: null });
  }

  /** What was awaited, once it is there; where it is hidden, the filter goes. */
  #takeAwaited(isRead: boolean): Partial<Kept> {
    const awaited = this.#awaited;
    const handle = awaited?.selected ?? -1;
    if (!awaited || !this.list.get(handle) || (!isRead && awaited.chosen.size > 1)) return {};
    this.#awaited = null;
    this.isUnseen = true;
    if (this.list.indexOf(handle) >= 0) return { choice: awaited, cursor: null };
    this.list.setFilter(showAll);
    this.list.refresh();
    return { choice: awaited, cursor: null, filter: showAll };
  }

  #take({ loading, failure, filter, choice: before, cursor, folded }: Kept): VersionsSnapshot {
    const choice = keepPresent(before, (handle) => this.list.get(handle) !== undefined);
    const { shown, total, metrics, fault, isPartial } = this.list;
    return {
      list: this.list,
      shown,
      total,
      metrics: metrics.list,
      counts: this.list.counts(),
      loading,
      failure,
      filter,
      fault,
      isPartial,
      selected: choice.selected,
      choice,
      cursor: cursorOf(this.list, cursor, choice.selected),
      folded,
    };
  }
}

function areSameNames(names: RunNames, before: RunNames): boolean {
  return names.size === before.size && [...names].every(([runId, name]) => before.get(runId) === name);
}

/** How long changes are gathered after the last were shown, in milliseconds: showing a large run anew on every frame would leave no time to read it. */
function paceOf(rows: number): number {
  return rows < 5000 ? 0 : 250;
}

/** A row's own state by handle, or null when it is gone. */
export function rowOf(snapshot: VersionsSnapshot, handle: number | null): VersionRow | null {
  return handle === null ? null : (snapshot.list.get(handle) ?? null);
}

/** The chosen versions that have a line, in the order of the table: what nobody sees is not acted on. */
export function chosenRows({ list, choice: { chosen } }: VersionsSnapshot): VersionRow[] {
  return [...list.unfoldedRows()].filter(({ handle }) => chosen.has(handle));
}
