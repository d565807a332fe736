import type { VersionRow } from '../../shared/model/version-row.ts';
import type { GroupKeys } from './group-keys.ts';
import { mostValues, type NumberRanges, rangesFor, type ShowNumber } from './number-ranges.ts';

/** Numbers of groups that stand for what is no finite number: nothing, NaN and the infinities. */
const noValue = 0;
const special = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
const firstFinite = special.length + 1;

/**
 * Rows grouped by a number: each value by itself while there are few, else by ranges. What ranges those are follows from all
 * numbers met so far, and not from the order in which rows came.
 */
export class NumberGroups implements GroupKeys {
  readonly #of: (row: VersionRow) => number | null;
  readonly #show: ShowNumber;
  readonly #distinct = new Set<number>();
  #min = Number.POSITIVE_INFINITY;
  #max = Number.NEGATIVE_INFINITY;
  #whole = true;
  #ranges: NumberRanges | null = null;
  #numbers = new Map<number, number>();
  #places: number[] = [];
  #keys = new Uint32Array(256);
  #values = new Float64Array(256);

  constructor(of: (row: VersionRow) => number | null, show: ShowNumber) {
    this.#of = of;
    this.#show = show;
  }

  get size(): number {
    return firstFinite + this.#places.length;
  }

  get step(): number | null {
    return this.#ranges?.step ?? null;
  }

  set(slot: number, row: VersionRow): void {
    if (slot >= this.#keys.length) this.#grow(slot + 1);
    const value = this.#of(row);
    if (value === null || !Number.isFinite(value)) {
      this.#keys[slot] = value === null ? noValue : 1 + special.findIndex((one) => Object.is(one, value));
      return;
    }
    this.#note(value);
    this.#values[slot] = value;
    this.#keys[slot] = this.#numberOf(value);
  }

  settle(): void {
    const [min, max, whole, distinct] = [this.#min, this.#max, this.#whole, this.#distinct];
    const ranges = rangesFor({ min, max, whole, distinct });
    const isSame = ranges?.step === this.#ranges?.step;
    this.#ranges = ranges;
    if (isSame) return;
    this.#numbers = new Map();
    this.#places = [];
    for (const [slot, key] of this.#keys.entries())
      if (key >= firstFinite) this.#keys[slot] = this.#numberOf(this.#values[slot] ?? 0);
  }

  numberOf(slot: number): number {
    return this.#keys[slot] ?? noValue;
  }

  nameOf(slot: number): string {
    const number = this.numberOf(slot);
    if (number === noValue) return '';
    if (number < firstFinite)
      return `${this.#show.label} ${this.#show.short(special[number - 1] ?? Number.NaN)}`;
    const place = this.#places[number - firstFinite] ?? 0;
    return this.#ranges?.words(place, this.#show) ?? `${this.#show.label} ${this.#show.exact(place)}`;
  }

  /** What is no finite number comes last. */
  readonly rank = (number: number): number => this.#places[number - firstFinite] ?? Number.POSITIVE_INFINITY;

  #note(value: number): void {
    this.#min = Math.min(this.#min, value);
    this.#max = Math.max(this.#max, value);
    this.#whole &&= Number.isInteger(value);
    if (this.#distinct.size <= mostValues) this.#distinct.add(value);
  }

  #numberOf(value: number): number {
    // What settles soon needs no group for each of a hundred thousand values before.
    if (!this.#ranges && this.#distinct.size > mostValues) return firstFinite;
    const place = this.#ranges?.indexOf(value) ?? value;
    const known = this.#numbers.get(place);
    if (known !== undefined) return known;
    const number = firstFinite + this.#places.push(place) - 1;
    this.#numbers.set(place, number);
    return number;
  }

  #grow(length: number): void {
    const room = Math.max(length, this.#keys.length * 2);
    const [keys, values] = [new Uint32Array(room), new Float64Array(room)];
    keys.set(this.#keys);
    values.set(this.#values);
    [this.#keys, this.#values] = [keys, values];
  }
}
