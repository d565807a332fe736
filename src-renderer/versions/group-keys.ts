import type { VersionRow } from '../../shared/model/version-row.ts';
import { NumberGroups } from './number-groups.ts';
import type { ShowNumber } from './number-ranges.ts';

/** What rows are grouped by: words, null where a row has nothing of the kind, or numbers. */
export type GroupBy =
  | { kind: 'words'; of: (row: VersionRow) => string | null }
  | { kind: 'numbers'; of: (row: VersionRow) => number | null; show: ShowNumber };

/** The group of each row by slot, worked out once per row: a number, and its words once per group. */
export interface GroupKeys {
  /** How many groups there have been. */
  readonly size: number;
  /** How far a range of numbers reaches; null where each value, or each word, has a group of its own. */
  readonly step: number | null;
  set(slot: number, row: VersionRow): void;
  /** To be asked once rows have been set: their numbers may call for other ranges. */
  settle(): void;
  numberOf(slot: number): number;
  /** The words of a slot's group; empty where there are none. */
  nameOf(slot: number): string;
  /** What groups that have an order of their own are put in order by, from a group's number. */
  rank: ((number: number) => number) | null;
}

export function createGroupKeys(by: GroupBy): GroupKeys {
  return by.kind === 'words' ? new WordGroups(by.of) : new NumberGroups(by.of, by.show);
}

class WordGroups implements GroupKeys {
  readonly step = null;
  readonly rank = null;
  readonly #of: (row: VersionRow) => string | null;
  readonly #numbers = new Map<string, number>();
  readonly #names: string[] = [];
  #keys = new Uint32Array(256);

  constructor(of: (row: VersionRow) => string | null) {
    this.#of = of;
  }

  get size(): number {
    return this.#names.length;
  }

  set(slot: number, row: VersionRow): void {
    if (slot >= this.#keys.length) this.#grow(slot + 1);
    this.#keys[slot] = this.#numberOf(this.#of(row) ?? '');
  }

  settle(): void {
    // Words are what they are.
  }

  numberOf(slot: number): number {
    return this.#keys[slot] ?? 0;
  }

  nameOf(slot: number): string {
    return this.#names[this.numberOf(slot)] ?? '';
  }

  #numberOf(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    const number = this.#names.push(name) - 1;
    this.#numbers.set(name, number);
    return number;
  }

  #grow(length: number): void {
    const grown = new Uint32Array(Math.max(length, this.#keys.length * 2));
    grown.set(this.#keys);
    this.#keys = grown;
  }
}
