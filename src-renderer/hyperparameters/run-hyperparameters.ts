import type { Failure } from '../../shared/failure.ts';
import type { Bridge } from '../../shared/ipc/bridge.ts';
import type { FoundHyperparameter, HyperparameterColumn } from '../../shared/ipc/hyperparameter-contract.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import type { RunStore } from '../versions/run-store.ts';
import { ValueColumn } from './value-column.ts';

/** So many versions are asked for at once: what is read shows before the next are. */
const slice = 2000;

/** What is known at one moment of how the versions of a run were trained. */
export interface HyperparameterSnapshot {
  /** Null until it is known which there are. */
  found: readonly FoundHyperparameter[] | null;
  failure: Failure | null;
  /** How many versions are still to be read; of how many, since reading began. */
  left: number;
  total: number;
}

const prefix = 'hyperparameter:';

/** The id of the measure that a hyperparameter is. */
export function measureIdOf(name: string): string {
  return prefix + name;
}

export function isHyperparameter(measureId: string): boolean {
  return measureId.startsWith(prefix);
}

/** What versions of one run were trained with: read for those names that somebody wants, and kept up with the run. */
export class RunHyperparameters {
  readonly #store: RunStore;
  readonly #request: Bridge['request'];
  readonly #listeners = new Set<() => void>();
  readonly #columns = new Map<string, ValueColumn>();
  /** The versions that were asked for, by their handles, while their records are what they were then. */
  readonly #rows = new Map<number, VersionRow | undefined>();
  #wanted: ReadonlySet<string> = new Set();
  /** Whether a version came, or changed, since it was last looked for what is missing. */
  #isBehind = false;
  #isReading = false;
  #isAsked = false;
  #snapshot: HyperparameterSnapshot = { found: null, failure: null, left: 0, total: 0 };

  constructor(store: RunStore, request: Bridge['request']) {
    this.#store = store;
    this.#request = request;
    store.follow({ set: (row) => this.#note(row), delete: (handle) => this.#forget(handle) });
    store.subscribe(() => this.#catchUp());
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): HyperparameterSnapshot => this.#snapshot;

  column(name: string): ValueColumn {
    const column = this.#columns.get(name) ?? new ValueColumn();
    this.#columns.set(name, column);
    return column;
  }

  /** Asks which there are, once the versions are there to be asked. */
  async find(): Promise<void> {
    if (this.#isAsked || this.#store.snapshot().loading) return;
    this.#isAsked = true;
    const answer = await this.#request('listHyperparameters', { runId: this.#store.runId });
    this.#isAsked = answer.ok;
    this.#tell(answer.ok ? { found: answer.value.found, failure: null } : { failure: answer.failure });
  }

  /** Reads these of all versions, and goes on to read them of whatever comes, until others are wanted. */
  want(names: readonly string[]): void {
    const wanted = new Set(names);
    if (wanted.size === this.#wanted.size && names.every((name) => this.#wanted.has(name))) return;
    this.#wanted = wanted;
    void this.#read();
  }

  /** What a version was trained with may be another once its record is. */
  #note(row: VersionRow): void {
    const before = this.#rows.get(row.handle);
    if (before && isSameRecord(before, row)) {
      // The one before is kept by nobody else.
      this.#rows.set(row.handle, row);
      return;
    }
    this.#forget(row.handle);
    this.#isBehind = true;
  }

  #forget(handle: number): void {
    this.#rows.delete(handle);
    for (const column of this.#columns.values()) column.forget(handle);
  }

  #catchUp(): void {
    if (!this.#isBehind || this.#wanted.size === 0) return;
    this.#isBehind = false;
    void this.#read();
  }

  async #read(): Promise<void> {
    if (this.#isReading) return;
    this.#isReading = true;
    try {
      for (let missing = this.#missing(); missing.length > 0; missing = this.#missing())
        if (!(await this.#readAll(missing))) break;
    } finally {
      this.#isReading = false;
    }
    if (this.#snapshot.total > 0) this.#tell({ left: 0, total: 0 });
  }

  #missing(): number[] {
    const columns = [...this.#wanted].map((name) => this.column(name));
    if (columns.length === 0) return [];
    const handles = [...this.#store.snapshot().list.handles()];
    return handles.filter((handle) => columns.some((column) => !column.isRead(handle)));
  }

  /** @returns false where it failed */
  async #readAll(missing: readonly number[]): Promise<boolean> {
    const wanted = this.#wanted;
    for (let from = 0; from < missing.length && wanted === this.#wanted; from += slice) {
      this.#tell({ left: missing.length - from, total: missing.length });
      if (!(await this.#readSlice(missing.slice(from, from + slice)))) return false;
    }
    return true;
  }

  async #readSlice(versions: number[]): Promise<boolean> {
    const { list } = this.#store.snapshot();
    const settings = [...this.#wanted];
    for (const handle of versions) this.#rows.set(handle, list.get(handle));
    const { runId } = this.#store;
    const answer = await this.#request('readHyperparameters', { runId, versions, settings });
    if (!answer.ok) {
      this.#tell({ failure: answer.failure });
      return false;
    }
    if (this.#snapshot.failure) this.#tell({ failure: null });
    this.#put(settings, versions, answer.value.columns);
    this.#store.remeasure(settings.map(measureIdOf));
    return true;
  }

  /** What was said of a version that changed meanwhile may be of the one before, and counts as not read. */
  #put(
    settings: readonly string[],
    versions: readonly number[],
    columns: readonly HyperparameterColumn[],
  ): void {
    for (const [index, name] of settings.entries()) {
      const column = columns[index];
      if (column) this.column(name).put(versions, column);
    }
    for (const handle of versions) if (!this.#rows.get(handle)) this.#forget(handle);
  }

  #tell(change: Partial<HyperparameterSnapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...change };
    for (const listener of this.#listeners) listener();
  }
}

/** By what its record says: that a file was verified, or is the best by now, is no other record. */
function isSameRecord(before: VersionRow, row: VersionRow): boolean {
  return (
    before.metadata_source === row.metadata_source &&
    before.timestamp === row.timestamp &&
    before.checksum === row.checksum &&
    before.step === row.step
  );
}

const known = new WeakMap<RunStore, RunHyperparameters>();

/** The one of a run: what was read stays while it is open. */
export function hyperparametersOf(store: RunStore): RunHyperparameters {
  const found = known.get(store) ?? new RunHyperparameters(store, window.cairn.request);
  known.set(store, found);
  return found;
}
