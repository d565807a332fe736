import type { VersionRow } from '../../shared/model/version-row.ts';
import { type Holders, SharedNumbers } from './shared-numbers.ts';

/**
 * The rows of a run, each in a numbered slot that it keeps while it lives, so that orders, keys and filters can be typed
 * arrays over slots. A slot whose row is gone is empty until another row takes it.
 */
export class RowSlots {
  readonly rows: (VersionRow | undefined)[] = [];
  readonly #slots = new Map<number, number>();
  readonly #free: number[] = [];
  readonly #shared = new SharedNumbers();

  get size(): number {
    return this.#slots.size;
  }

  slotOf(handle: number): number | undefined {
    return this.#slots.get(handle);
  }

  get(handle: number): VersionRow | undefined {
    const slot = this.#slots.get(handle);
    return slot === undefined ? undefined : this.rows[slot];
  }

  /** The rows in these slots, in their order; empty ones are left out. */
  *rowsIn(slots: Uint32Array): Generator<VersionRow> {
    for (const slot of slots) {
      const row = this.rows[slot];
      if (row) yield row;
    }
  }

  handles(): IterableIterator<number> {
    return this.#slots.keys();
  }

  /** Puts a new row in, or a newer state of a row in its place. */
  set(row: VersionRow): number {
    const known = this.#slots.get(row.handle);
    const slot = known ?? this.#free.pop() ?? this.rows.length;
    this.#slots.set(row.handle, slot);
    const before = known === undefined ? null : (this.rows[known]?.version ?? null);
    this.rows[slot] = row;
    if (before !== row.version) this.#mark(this.#shared.remove(before, slot));
    this.#mark(this.#shared.add(row.version, slot));
    return slot;
  }

  /** Takes a row out; the slot it had, or undefined when there was none. */
  delete(handle: number): number | undefined {
    const slot = this.#slots.get(handle);
    if (slot === undefined) return undefined;
    this.#slots.delete(handle);
    const number = this.rows[slot]?.version ?? null;
    this.rows[slot] = undefined;
    this.#free.push(slot);
    this.#mark(this.#shared.remove(number, slot));
    return slot;
  }

  /** Rows are replaced, never changed. */
  #mark({ slots, isShared }: Holders): void {
    for (const slot of slots) {
      const row = this.rows[slot];
      if (!row || (row.twin ?? false) === isShared) continue;
      const { twin: _, ...alone } = row;
      this.rows[slot] = isShared ? { ...alone, twin: true } : alone;
    }
  }
}
