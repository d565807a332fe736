import type { Result } from '../../shared/failure.ts';

/** Something that was done in this window and can be taken back. */
export interface WayBack {
  /** The run that it was done to; null for what belongs to none. */
  runId: string | null;
  /** What the run's trash calls it; null for what leaves nothing there. */
  operation: string | null;
  /** What was done, in a sentence: `v3 is pinned`. */
  done: string;
  /** The same once it is taken back: `v3 is back`. */
  undone: string;
  takeBack: () => Promise<Result<unknown>>;
}

/** So many are remembered; main keeps as many changes of marks. */
const most = 20;

/** What was done in a window and can be taken back, the newest last. */
export class WaysBack {
  #ways: readonly WayBack[] = [];

  add(way: WayBack): void {
    this.#ways = [...this.#ways, way].slice(-most);
  }

  remove(way: WayBack): void {
    this.#ways = this.#ways.filter((other) => other !== way);
  }

  /** An operation that was taken back otherwise, or is gone for good. */
  removeOperations(runId: string, operations: readonly string[]): void {
    this.#ways = this.#ways.filter(
      (way) => way.runId !== runId || way.operation === null || !operations.includes(way.operation),
    );
  }

  /** The newest of a run, or of what belongs to none. */
  lastOf(runId: string | null): WayBack | null {
    return this.#ways.findLast((way) => way.runId === null || way.runId === runId) ?? null;
  }
}

/** Those of this window. */
export const waysBack = new WaysBack();
