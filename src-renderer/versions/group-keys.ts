import type { VersionRow } from '../../shared/model/version-row.ts';

/** What a row is grouped by, in words; null where it has nothing of the kind. */
export type GroupOf = (row: VersionRow) => string | null;

/** The group of each row by slot, worked out once per row: a number, and its words once per group. */
export class GroupKeys {
  readonly #of: GroupOf;
  readonly #numbers = new Map<string, number>();
  readonly #names: string[] = [];
  #keys = new Uint32Array(256);

  constructor(of: GroupOf) {
    this.#of = of;
  }

  /** How many groups there have been. */
  get size(): number {
    return this.#names.length;
  }

  set(slot: number, row: VersionRow): void {
    if (slot >= this.#keys.length) this.#grow(slot + 1);
    this.#keys[slot] = this.#numberOf(this.#of(row) ?? '');
  }

  numberOf(slot: number): number {
    return this.#keys[slot] ?? 0;
  }

  /** The words of a slot's group; empty where there are none. */
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
