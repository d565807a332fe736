import type { VersionRow } from '../../shared/model/version-row.ts';

/**
 * The rows of a run, each in a numbered slot that it keeps while it lives, so that orders, keys and filters can be typed
 * arrays over slots. A slot whose row is gone is empty until another row takes it.
 */
export class RowSlots {
  readonly rows: (VersionRow | undefined)[] = [];
  readonly #slots = new Map<number, number>();
  readonly #free: number[] = [];

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
    const slot = this.#slots.get(row.handle) ?? this.#free.pop() ?? this.rows.length;
    this.#slots.set(row.handle, slot);
    this.rows[slot] = row;
    return slot;
  }

  /** Takes a row out; the slot it had, or undefined when there was none. */
  delete(handle: number): number | undefined {
    const slot = this.#slots.get(handle);
    if (slot === undefined) return undefined;
    this.#slots.delete(handle);
    this.rows[slot] = undefined;
    this.#free.push(slot);
    return slot;
  }
}
