import type { Bridge } from '../../shared/ipc/bridge.ts';
import type { Events } from '../../shared/ipc/contract.ts';
import type { WorkspaceRun } from '../../shared/model/workspace.ts';
import { valueOrNotice } from '../bridge/show-failure.ts';
import {
  type Choice,
  choose,
  chooseAll,
  extendTo,
  keepPresent,
  nothingChosen,
  toggle,
} from '../versions/choice.ts';
import { type FilteredRuns, filterRuns, type RunFilter } from './filter-runs.ts';
import { groupRuns, type RunGroup, type RunGrouping, runGroupings } from './group-runs.ts';
import { type LabelledRun, labelRuns } from './label-runs.ts';
import { type RunSort, sortRuns } from './sort-runs.ts';

/** What the table of a workspace shows at one moment. */
export interface WorkspaceSnapshot extends FilteredRuns<LabelledRun> {
  /** All that were found. */
  total: number;
  filter: RunFilter;
  sort: RunSort;
  /** What the runs can be grouped by, and what they are: null for nothing. */
  groupings: readonly RunGrouping[];
  groupBy: string | null;
  /** Those that are shown, in their order; none where nothing groups them. */
  groups: readonly RunGroup[];
  choice: Choice;
  /** Whether what was found before the page was there is still on its way. */
  loading: boolean;
}

/** The runs of one workspace as its table shows them: what is found comes in, what is chosen and how it is arranged stays. */
export class WorkspaceStore {
  readonly workspaceId: string;
  /** Where the table was left, in pixels. */
  scrollTop = 0;
  readonly #request: Bridge['request'];
  readonly #schedule: (flush: () => void, wait: number) => void;
  readonly #listeners = new Set<() => void>();
  readonly #runs = new Map<number, WorkspaceRun>();
  readonly #gone = new Set<number>();
  #labelled = new Map<number, LabelledRun>();
  #isScheduled = false;
  #arrangedAt = 0;
  #snapshot: WorkspaceSnapshot = {
    runs: [],
    fault: null,
    isPartial: false,
    total: 0,
    filter: { text: '', typing: false },
    sort: { column: 'run', desc: false },
    ...{ groupings: [], groupBy: null, groups: [] },
    choice: nothingChosen,
    loading: true,
  };

  constructor(
    workspaceId: string,
    request: Bridge['request'],
    schedule: (flush: () => void, wait: number) => void,
  ) {
    this.workspaceId = workspaceId;
    this.#request = request;
    this.#schedule = schedule;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): WorkspaceSnapshot => this.#snapshot;

  /** Asks for what was found before anybody listened. What was told meanwhile is newer. */
  async load(): Promise<void> {
    for (let from: number | null = 0; from !== null; ) from = await this.#loadFrom(from);
    this.#labelled = labelRuns(this.#runs.values(), this.#labelled);
    this.#arrange({ loading: false });
  }

  receive({ rows, removed }: Events['workspaceRunsChanged']): void {
    for (const row of rows) {
      this.#gone.delete(row.handle);
      this.#runs.set(row.handle, row);
    }
    for (const handle of removed) {
      this.#gone.add(handle);
      this.#runs.delete(handle);
    }
    this.#arrangeSoon();
  }

  /** The best version of a run when it was looked at, by its id; null for none. */
  bestOf(run: number): string | null {
    return this.#runs.get(run)?.best ?? null;
  }

  setFilter(filter: RunFilter): void {
    this.#arrange({ filter });
  }

  /** By another column upwards, by the same one the other way round. */
  sortBy(column: string): void {
    const { sort } = this.#snapshot;
    this.#arrange({ sort: { column, desc: sort.column === column ? !sort.desc : false } });
  }

  /** @param groupBy the id of a grouping; null for none */
  groupBy(groupBy: string | null): void {
    this.#arrange({ groupBy });
  }

  select(handle: number | null): void {
    this.#choose(choose(handle));
  }

  toggle(handle: number): void {
    this.#choose(toggle(this.#snapshot.choice, handle));
  }

  extendTo(handle: number): void {
    this.#choose(extendTo(this.#snapshot.choice, handle, (from, to) => this.#between(from, to)));
  }

  chooseAll(): void {
    this.#choose(
      chooseAll(
        this.#snapshot.choice,
        this.#snapshot.runs.map(({ handle }) => handle),
      ),
    );
  }

  /** @returns where to go on, null after the last */
  async #loadFrom(from: number): Promise<number | null> {
    const request = this.#request('listWorkspaceRuns', { workspaceId: this.workspaceId, from });
    const answer = await valueOrNotice(request);
    for (const row of answer?.rows ?? []) this.#addOlder(row);
    return answer?.next ?? null;
  }

  #addOlder(row: WorkspaceRun): void {
    if (!this.#runs.has(row.handle) && !this.#gone.has(row.handle)) this.#runs.set(row.handle, row);
  }

  #between(from: number, to: number): number[] {
    const handles = this.#snapshot.runs.map(({ handle }) => handle);
    const [a, b] = [handles.indexOf(from), handles.indexOf(to)];
    return handles.slice(Math.min(a, b), Math.max(a, b) + 1);
  }

  #choose(choice: Choice): void {
    this.#publish({ ...this.#snapshot, choice });
  }

  /** Runs are found in bursts. */
  #arrangeSoon(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    const wait = Math.max(0, this.#arrangedAt + paceOf(this.#runs.size) - performance.now());
    this.#schedule(() => {
      this.#isScheduled = false;
      this.#labelled = labelRuns(this.#runs.values(), this.#labelled);
      this.#arrange({});
      this.#arrangedAt = performance.now();
    }, wait);
  }

  #arrange(changed: Partial<WorkspaceSnapshot>): void {
    const now = { ...this.#snapshot, ...changed };
    const filtered = filterRuns([...this.#labelled.values()], now.filter);
    const groupings = runGroupings(this.#labelled.values());
    const grouping = groupings.find(({ id }) => id === now.groupBy);
    const sorted = sortRuns(filtered.runs, now.sort);
    const { runs, groups } = grouping ? groupRuns(sorted, grouping) : { runs: sorted, groups: [] };
    const shown = new Set(runs.map(({ handle }) => handle));
    const choice = keepPresent(now.choice, (handle) => shown.has(handle));
    this.#publish({ ...now, ...filtered, runs, groups, groupings, choice, total: this.#runs.size });
  }

  #publish(snapshot: WorkspaceSnapshot): void {
    this.#snapshot = snapshot;
    for (const listener of this.#listeners) listener();
  }
}

/** How long runs are gathered after the last were shown, in milliseconds: to put ten thousand in order takes a tenth of a second and more. */
function paceOf(runs: number): number {
  return runs < 500 ? 0 : Math.min(2000, runs / 5);
}
