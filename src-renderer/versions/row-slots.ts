import { numberOrName } from '../../shared/model/name-of-version.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { type Holders, SharedNames } from './shared-names.ts';

/**
 * Rows of one run or of several, each in a numbered slot that it keeps while it lives, so that orders, keys and filters can be typed
 * arrays over slots. A slot whose row is gone is empty until another row takes it.
 */
export class RowSlots {
  readonly rows: (VersionRow | undefined)[] = [];
  readonly #slots = new Map<number, number>();
  readonly #free: number[] = [];
  /** By run: versions of two runs may well have one number or name. */
  readonly #shared = new Map<string, SharedNames>();

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
    const before = known === undefined ? undefined : this.rows[known];
    this.rows[slot] = row;
    const shared = this.#sharedIn(row);
    const name = numberOrName(row);
    if (before && numberOrName(before) !== name) this.#mark(shared.remove(numberOrName(before), slot));
    this.#mark(shared.add(name, slot));
    return slot;
  }

  /** Takes a row out; the slot it had, or undefined when there was none. */
  delete(handle: number): number | undefined {
    const slot = this.#slots.get(handle);
    if (slot === undefined) return undefined;
    this.#slots.delete(handle);
    const row = this.rows[slot];
    this.rows[slot] = undefined;
    this.#free.push(slot);
    if (row) this.#mark(this.#sharedIn(row).remove(numberOrName(row), slot));
    return slot;
  }

  #sharedIn({ runId }: VersionRow): SharedNames {
    const known = this.#shared.get(runId);
    if (known) return known;
    const shared = new SharedNames();
    this.#shared.set(runId, shared);
    return shared;
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
