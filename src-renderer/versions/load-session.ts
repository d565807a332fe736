import type { VersionRow } from '../../shared/model/version-row.ts';

/** What a load writes to. */
interface Sink {
  set(row: VersionRow): void;
  delete(handle: number): void;
  handles(): Iterable<number>;
}

/**
 * One pass over all pages of a run while differences keep arriving. A page never overwrites a row that a later
 * difference has brought or removed, and rows that no page named are taken out at the end.
 */
export class LoadSession {
  readonly #sink: Sink;
  readonly #seen = new Set<number>();
  readonly #touchedAt = new Map<number, number>();
  #removedAny = false;

  constructor(sink: Sink) {
    this.#sink = sink;
  }

  addPage(revision: number, rows: readonly VersionRow[]): void {
    for (const row of rows) {
      this.#seen.add(row.handle);
      if ((this.#touchedAt.get(row.handle) ?? -1) <= revision) this.#sink.set(row);
    }
  }

  noteDifference(revision: number, rows: readonly VersionRow[], removed: readonly number[]): void {
    for (const { handle } of rows) this.#touchedAt.set(handle, revision);
    for (const handle of removed) this.#touchedAt.set(handle, revision);
    this.#removedAny ||= removed.length > 0;
  }

  /** Takes out what is gone. True when pages may have shifted under the reader, so that another pass is due. */
  finish(): boolean {
    for (const handle of [...this.#sink.handles()]) {
      if (!this.#seen.has(handle) && !this.#touchedAt.has(handle)) this.#sink.delete(handle);
    }
    return this.#removedAny;
  }
}
