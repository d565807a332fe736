import { placeInRun } from '../../shared/ipc/handles.ts';
import type { HyperparameterColumn } from '../../shared/ipc/hyperparameter-contract.ts';
import { compareNatural } from '../../shared/query/compare-natural.ts';
import { visibleText } from '../format/visible-text.ts';

/** How the values of an axis stand on it: as numbers, as so many words one after another, or not, being too many words. */
export type ColumnScale = 'number' | 'text' | 'none';

/** So many words find room on an axis. */
export const mostWords = 24;
const unread = 0;
const unknown = 1;
const number = 2;
/** The first code of the contract that is a word. */
const firstWord = 2;
/** What a code of the contract is more by here, so that an empty array has read nothing. */
const shift = 1;

/** What versions of one run say under one name, kept by their places in it. */
export class ValueColumn {
  #codes = new Uint16Array();
  #numbers = new Float64Array();
  readonly #words: string[] = [];
  readonly #codeOf = new Map<string, number>();
  readonly #distinct = new Set<number>();
  #places: Places | null = null;

  isRead(handle: number): boolean {
    return this.#codeOfVersion(handle) !== unread;
  }

  forget(handle: number): void {
    const place = placeInRun(handle);
    if (place < this.#codes.length) this.#codes[place] = unread;
  }

  /** @param handles the versions of the column, in its order */
  put(handles: readonly number[], { codes, numbers, words }: HyperparameterColumn): void {
    const places = handles.map(placeInRun);
    this.#grow(places.reduce((most, place) => Math.max(most, place), 0) + 1);
    const own = words.map((word) => this.#ownCode(visibleText(word)));
    for (const [index, place] of places.entries()) {
      const code = codes[index] ?? 0;
      this.#codes[place] = code < firstWord ? code + shift : (own[code - firstWord] ?? unknown);
      if (this.#codes[place] === number) this.#putNumber(place, numbers[index] ?? Number.NaN);
    }
    this.#places = null;
  }

  #putNumber(place: number, value: number): void {
    this.#numbers[place] = value;
    if (this.#distinct.size <= mostWords) this.#distinct.add(value);
  }

  #grow(length: number): void {
    if (length <= this.#codes.length) return;
    const room = Math.max(length, 2 * this.#codes.length);
    const [codes, numbers] = [new Uint16Array(room), new Float64Array(room)];
    codes.set(this.#codes);
    numbers.set(this.#numbers);
    this.#codes = codes;
    this.#numbers = numbers;
  }

  /** More words than there are codes are all alike: no axis shows them anyway. */
  #ownCode(word: string): number {
    const known = this.#codeOf.get(word);
    if (known !== undefined) return known;
    const code = Math.min(firstWord + shift + this.#words.length, 0xffff);
    this.#words.push(word);
    this.#codeOf.set(word, code);
    return code;
  }

  get scale(): ColumnScale {
    if (this.#words.length === 0) return 'number';
    if (this.#words.length + this.#distinct.size <= mostWords) return 'text';
    return this.#distinct.size > 0 ? 'number' : 'none';
  }

  /** The words of an axis from its lower end on, each in its place; numbers among them count as words. */
  get words(): readonly string[] {
    return this.scale === 'text' ? this.#placed().words : [];
  }

  /** Where a version stands: its number, or the place of its word; null where that is not known, or has no place. */
  valueOf(handle: number): number | null {
    const code = this.#codeOfVersion(handle);
    if (code <= unknown) return null;
    const value = code === number ? (this.#numbers[placeInRun(handle)] as number) : null;
    return this.scale === 'text' ? this.#placeOf(code, value) : value;
  }

  #codeOfVersion(handle: number): number {
    return this.#codes[placeInRun(handle)] ?? unread;
  }

  #placeOf(code: number, value: number | null): number | null {
    const { byWord, byNumber } = this.#placed();
    return (value === null ? byWord[code - firstWord - shift] : byNumber.get(value)) ?? null;
  }

  #placed(): Places {
    this.#places ??= placeWords(this.#words, [...this.#distinct]);
    return this.#places;
  }
}

/** Where words stand on an axis: by their order of coming, and by the numbers among them. */
interface Places {
  words: readonly string[];
  byWord: readonly number[];
  byNumber: ReadonlyMap<number, number>;
}

function placeWords(own: readonly string[], numbers: readonly number[]): Places {
  const words = [...new Set([...own, ...numbers.map(String)])].sort(compareNatural);
  const placeOf = new Map(words.map((word, place) => [word, place]));
  return {
    words,
    byWord: own.map((word) => placeOf.get(word) ?? 0),
    byNumber: new Map(numbers.map((value) => [value, placeOf.get(String(value)) ?? 0])),
  };
}
