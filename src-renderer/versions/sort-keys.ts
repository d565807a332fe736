import type { VersionRow } from '../../shared/model/version-row.ts';
import { naturalKey } from './natural-key.ts';

/** What a column sorts by: a number, or text in its natural order. Null, NaN and ±Infinity rank last either way. */
export type SortValue =
  | { kind: 'number'; of: (row: VersionRow) => number | null }
  | { kind: 'text'; of: (row: VersionRow) => string | null };

/** Compares two slots; negative when the first comes first. */
export type CompareSlots = (a: number, b: number) => number;

/** The sort values of all rows by slot, worked out once per row and not once per comparison. */
export interface SortKeys {
  /** True when the slot's key is another than before, so that its place may be too. */
  set(slot: number, row: VersionRow): boolean;
  compare(direction: 'asc' | 'desc'): CompareSlots;
}

export function createSortKeys(value: SortValue): SortKeys {
  return value.kind === 'number' ? new NumberKeys(value.of) : new TextKeys(value.of);
}

class NumberKeys implements SortKeys {
  #keys = new Float64Array(256);
  readonly #of: (row: VersionRow) => number | null;

  constructor(of: (row: VersionRow) => number | null) {
    this.#of = of;
  }

  set(slot: number, row: VersionRow): boolean {
    if (slot >= this.#keys.length) this.#grow(slot + 1);
    const value = this.#of(row);
    const key = value !== null && Number.isFinite(value) ? value : Number.NaN;
    const changed = !Object.is(this.#keys[slot], key);
    this.#keys[slot] = key;
    return changed;
  }

  compare(direction: 'asc' | 'desc'): CompareSlots {
    const sign = direction === 'asc' ? 1 : -1;
    return (a, b) => compareKeys(this.#keys[a] ?? Number.NaN, this.#keys[b] ?? Number.NaN, sign);
  }

  #grow(length: number): void {
    const grown = new Float64Array(Math.max(length, this.#keys.length * 2));
    grown.set(this.#keys);
    this.#keys = grown;
  }
}

/** NaN is neither less nor more than anything, and goes last. */
function compareKeys(left: number, right: number, sign: number): number {
  if (left < right) return -sign;
  if (left > right) return sign;
  return Number(Number.isNaN(left)) - Number(Number.isNaN(right));
}

class TextKeys implements SortKeys {
  readonly #keys: (string | null)[] = [];
  readonly #of: (row: VersionRow) => string | null;

  constructor(of: (row: VersionRow) => string | null) {
    this.#of = of;
  }

  set(slot: number, row: VersionRow): boolean {
    const text = this.#of(row);
    const key = text === null ? null : naturalKey(text);
    const changed = this.#keys[slot] !== key;
    this.#keys[slot] = key;
    return changed;
  }

  compare(direction: 'asc' | 'desc'): CompareSlots {
    const sign = direction === 'asc' ? 1 : -1;
    return (a, b) => compareTexts(this.#keys[a] ?? null, this.#keys[b] ?? null, sign);
  }
}

function compareTexts(left: string | null, right: string | null, sign: number): number {
  if (left === right) return 0;
  if (left === null) return 1;
  if (right === null) return -1;
  return left < right ? -sign : sign;
}
