import type { Failure, Result } from '../../shared/failure.ts';
import type { Bridge } from '../../shared/ipc/bridge.ts';
import type { Events, Requests } from '../../shared/ipc/contract.ts';
import { unpackRows } from '../../shared/ipc/packed-rows.ts';
import type { IntegrityState } from '../../shared/model/integrity.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import type { QueryError } from '../../shared/query/language/query-error.ts';
import { type Choice, choose, chooseAll, extendTo, keepPresent, nothingChosen, toggle } from './choice.ts';
import { type Cursor, cursorOf } from './cursor.ts';
import { type RowFilter, showAll } from './filter-rows.ts';
import type { GroupBy } from './group-keys.ts';
import { LoadSession } from './load-session.ts';
import type { MetricInfo } from './metric-catalog.ts';
import { type RowSort, VersionList } from './version-list.ts';

/** What the screen shows of a run's versions at one moment. `list` is live; `shown` changes whenever rows moved. */
export interface RunSnapshot {
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
type Kept = Pick<RunSnapshot, 'loading' | 'failure' | 'filter' | 'choice' | 'cursor' | 'folded'>;

type Difference = Events['versionsChanged'];
type Request = Bridge['request'];

/** The versions of one open run: loads their pages, follows their differences, tells its subscribers once a frame. */
export class RunStore {
  readonly runId: string;
  /** Where the table was left, in pixels, for when the run is shown again. */
  scrollTop = 0;
  /** Whether the selected version is still to be brought into view. */
  isUnseen = false;
  readonly #request: Request;
  readonly #schedule: (flush: () => void, wait: number) => void;
  readonly #list = new VersionList();
  readonly #listeners = new Set<() => void>();
  #snapshot: RunSnapshot;
  #scheduled = false;
  #publishedAt = Number.NEGATIVE_INFINITY;
  #session: LoadSession | null = null;
  #early: Difference[] = [];
  #revision: number | null = null;
  /** What is to be chosen as soon as it is there. */
  #awaited: Choice | null = null;

  /** @param schedule runs something after so many milliseconds, with the next frame */
  constructor(runId: string, request: Request, schedule: (flush: () => void, wait: number) => void) {
    this.runId = runId;
    this.#request = request;
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
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): RunSnapshot => this.#snapshot;

  /** Reads all pages anew; what is on screen stays until it is known to be gone. */
  async load(mayRepeat = true): Promise<void> {
    const session = new LoadSession(this.#list);
    this.#session = session;
    this.#revision = null;
    const failure = await this.#readPages(session);
    if (this.#session !== session) return;
    this.#session = null;
    if (!failure && session.finish() && mayRepeat) return this.load(false);
    this.#publish({ loading: false, failure });
  }

  /** Applies a difference; one that does not follow the last means something was missed, and everything is read again. */
  receive(difference: Difference): void {
    if (this.#revision === null) this.#early.push(difference);
    else if (difference.revision === this.#revision + 1) this.#apply(difference);
    else if (difference.revision > this.#revision) void this.load();
  }

  setSort(sort: RowSort | null): void {
    this.#list.setSort(sort);
    this.#publish({});
  }

  setFilter(filter: RowFilter): void {
    this.#list.setFilter(filter);
    this.#publish({ filter });
  }

  /** Null shows rows without groups. */
  setGrouping(by: GroupBy | null): void {
    this.#list.setGrouping(by);
    this.#publish({ folded: new Set(), cursor: null });
  }

  /** Shows of these groups the headings alone, of all others the rows too. */
  setFolded(folded: ReadonlySet<string>): void {
    this.#list.setFolded(folded);
    this.#publish({ folded });
  }

  /** Puts the keyboard somewhere without choosing anything. */
  moveCursor(cursor: Cursor): void {
    this.#publish({ cursor });
  }

  /** Chooses one version and nothing else. */
  select(handle: number | null): void {
    this.#choose(choose(handle));
  }

  /** Chooses these as soon as they are there, and shows the one whatever the filter hides. */
  showVersion(handle: number, chosen: Iterable<number> = [handle]): void {
    this.#awaited = { ...choose(handle), chosen: new Set(chosen) };
    this.#publish({});
  }

  /** Chooses one more, or one less. */
  toggle(handle: number): void {
    this.#publish({ choice: toggle(this.#snapshot.choice, handle), cursor: { handle } });
  }

  /** Chooses everything from where the choice began to this version. */
  extendTo(handle: number): void {
    this.#choose(extendTo(this.#snapshot.choice, handle, (from, to) => this.#list.between(from, to)));
  }

  /** Chooses all of these. */
  chooseAll(handles: Iterable<number>): void {
    this.#publish({ choice: chooseAll(this.#snapshot.choice, handles) });
  }

  #choose(choice: Choice): void {
    this.#publish({ choice, cursor: null });
  }

  async #readPages(session: LoadSession): Promise<Failure | null> {
    let from: number | null = 0;
    let end: number | null = null;
    while (from !== null && from < (end ?? Number.POSITIVE_INFINITY) && this.#session === session) {
      const page: Result<Requests['listVersions']['output']> = await this.#request('listVersions', {
        runId: this.runId,
        from,
      });
      if (!page.ok) return page.failure;
      if (this.#session !== session) return null;
      session.addPage(page.value.revision, unpackRows(page.value.rows));
      this.#startFollowing(page.value.revision);
      this.#publishSoon();
      from = page.value.next;
      // What is new since the first page comes as differences: while a run is being read, that is most of it.
      end ??= page.value.end;
    }
    return null;
  }

  /** From the first page on differences can be applied; those that came before it are caught up with. */
  #startFollowing(revision: number): void {
    if (this.#revision !== null) return;
    this.#revision = revision;
    const early = this.#early;
    this.#early = [];
    for (const difference of early) this.receive(difference);
  }

  #apply({ revision, rows, removed }: Difference): void {
    this.#revision = revision;
    const changed = unpackRows(rows);
    for (const row of changed) this.#list.set(row);
    for (const handle of removed) this.#list.delete(handle);
    this.#session?.noteDifference(revision, changed, removed);
    this.#publishSoon();
  }

  #publishSoon(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    const wait = Math.max(0, this.#publishedAt + paceOf(this.#list.total) - performance.now());
    this.#schedule(() => {
      this.#scheduled = false;
      this.#publish({});
    }, wait);
  }

  #publish(given: Partial<Kept>): void {
    this.#publishedAt = performance.now();
    this.#list.refresh();
    if (given.choice) this.#awaited = null;
    const change = { ...given, ...this.#takeAwaited(!(given.loading ?? this.#snapshot.loading)) };
    this.#snapshot = this.#take({ ...this.#snapshot, ...change });
    for (const listener of this.#listeners) listener();
  }

  /** What was awaited, once it is there; where it is hidden, the filter goes. */
  #takeAwaited(isRead: boolean): Partial<Kept> {
    const awaited = this.#awaited;
    const handle = awaited?.selected ?? -1;
    if (!awaited || !this.#list.get(handle) || (!isRead && awaited.chosen.size > 1)) return {};
    this.#awaited = null;
    this.isUnseen = true;
    if (this.#list.indexOf(handle) >= 0) return { choice: awaited, cursor: null };
    this.#list.setFilter(showAll);
    this.#list.refresh();
    return { choice: awaited, cursor: null, filter: showAll };
  }

  #take({ loading, failure, filter, choice: before, cursor, folded }: Kept): RunSnapshot {
    const choice = keepPresent(before, (handle) => this.#list.get(handle) !== undefined);
    const { shown, total, metrics, fault, isPartial } = this.#list;
    return {
      list: this.#list,
      shown,
      total,
      metrics: metrics.list,
      counts: this.#list.counts(),
      loading,
      failure,
      filter,
      fault,
      isPartial,
      selected: choice.selected,
      choice,
      cursor: cursorOf(this.#list, cursor, choice.selected),
      folded,
    };
  }
}

/** How long changes are gathered after the last were shown, in milliseconds: showing a large run anew on every frame would leave no time to read it. */
function paceOf(rows: number): number {
  return rows < 5000 ? 0 : 250;
}

/** A row's own state by handle, or null when it is gone. */
export function rowOf(snapshot: RunSnapshot, handle: number | null): VersionRow | null {
  return handle === null ? null : (snapshot.list.get(handle) ?? null);
}

/** The chosen versions that have a line, in the order of the table: what nobody sees is not acted on. */
export function chosenRows({ list, choice: { chosen } }: RunSnapshot): VersionRow[] {
  return [...list.unfoldedRows()].filter(({ handle }) => chosen.has(handle));
}
