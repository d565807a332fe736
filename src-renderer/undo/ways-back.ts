import type { Result } from '../../shared/failure.ts';
import type { Undone } from './undone-words.ts';

/** What was done to one run, by itself. */
export interface PartOfAct {
  /** Null for what belongs to no run. */
  runId: string | null;
  /** What the run's trash calls it; null for what leaves nothing there. */
  operation: string | null;
  /** What came back and what left is told where that is files. */
  takeBack: () => Promise<Result<Partial<Undone>>>;
}

/** Something that was done in this window and can be taken back. */
export interface WayBack {
  parts: readonly PartOfAct[];
  /** What was done, in a sentence: `v3 is pinned`. */
  done: string;
  /** The same once it is taken back: `v3 is back`; made of what came back and what left where that is not known before. */
  undone: string | ((undone: Undone) => string);
}

/** So many are remembered; main keeps as many changes of marks. */
const most = 20;

/** What was done in a window and can be taken back, the newest last, and what of each is not taken back yet. */
export class WaysBack {
  #acts: readonly { way: WayBack; left: readonly PartOfAct[] }[] = [];

  add(way: WayBack): void {
    this.#acts = [...this.#acts, { way, left: way.parts }].slice(-most);
  }

  /** What of it is not taken back yet, and can be. */
  leftOf(way: WayBack): readonly PartOfAct[] {
    return this.#acts.find((act) => act.way === way)?.left ?? [];
  }

  /** Operations that were taken back otherwise, or are gone for good. */
  removeOperations(runId: string, operations: readonly string[]): void {
    this.#remove(
      (part) => part.runId === runId && part.operation !== null && operations.includes(part.operation),
    );
  }

  /** The newest of which a part belongs to one of these runs, or to none. */
  lastOf(runIds: readonly string[]): WayBack | null {
    const isOfThese = ({ runId }: PartOfAct) => runId === null || runIds.includes(runId);
    return this.#acts.findLast(({ left }) => left.some(isOfThese))?.way ?? null;
  }

  /**
   * One part after the other, where one that fails keeps none of the others from it. What failed can be tried again, unless nothing of
   * it is left. @returns what came back and what left, or the first failure
   */
  async takeBack(way: WayBack): Promise<Result<Undone>> {
    const undone: Undone = { restored: 0, removed: 0 };
    let failed: Result<Undone> | null = null;
    for (const part of this.leftOf(way)) {
      const result = await part.takeBack();
      if (isOver(result)) this.#remove((other) => other === part);
      if (!result.ok) failed ??= result;
      else addTo(undone, result.value);
    }
    return failed ?? { ok: true, value: undone };
  }

  #remove(isGone: (part: PartOfAct) => boolean): void {
    this.#acts = this.#acts
      .map(({ way, left }) => ({ way, left: left.filter((part) => !isGone(part)) }))
      .filter(({ left }) => left.length > 0);
  }
}

function addTo(sum: Undone, { restored = 0, removed = 0 }: Partial<Undone>): void {
  sum.restored += restored;
  sum.removed += removed;
}

function isOver(result: Result<unknown>): boolean {
  return result.ok || result.failure.code === 'ModelNotFound' || result.failure.code === 'NoSuchHandle';
}

/** Those of this window. */
export const waysBack = new WaysBack();
