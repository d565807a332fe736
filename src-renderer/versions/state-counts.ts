import type { IntegrityState } from '../../shared/model/integrity.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';

/** How many rows are in each state; states without any are absent. */
export class StateCounts {
  readonly #counts = new Map<IntegrityState, number>();

  /** As they are now. */
  all(): ReadonlyMap<IntegrityState, number> {
    return new Map(this.#counts);
  }

  /** One row in place of another, either of which there may not be. */
  replace(before: VersionRow | undefined, after: VersionRow | undefined): void {
    this.#add(before, -1);
    this.#add(after, 1);
  }

  #add(row: VersionRow | undefined, change: number): void {
    if (!row) return;
    const { state } = row.integrity;
    const count = (this.#counts.get(state) ?? 0) + change;
    if (count === 0) this.#counts.delete(state);
    else this.#counts.set(state, count);
  }
}
