import { type KnownSetting, type KnownSettings, settingFinder } from './known-settings.ts';

/**
 * What is known of some versions under one name, in their order. A code tells what it is: 0 nothing, 1 the number in its
 * place, above that the word at `code - 2`.
 */
export interface SettingColumn {
  codes: Uint16Array<ArrayBuffer>;
  numbers: Float64Array<ArrayBuffer>;
  words: string[];
}

/** A column for each name. @param versions fewer than 65,534, so that each may have a word of its own */
export function settingColumns(
  versions: readonly KnownSettings[],
  names: readonly string[],
): SettingColumn[] {
  // Versions that have no numbers of their own share what they say with others.
  const found = new Map<KnownSettings, readonly (KnownSetting | undefined)[]>();
  const columns = names.map(() => new ColumnMaker(versions.length));
  for (const [place, known] of versions.entries()) {
    const settings = found.get(known) ?? names.map(settingFinder(known));
    found.set(known, settings);
    for (const [index, setting] of settings.entries()) columns[index]?.put(place, setting);
  }
  return columns.map((column) => column.take());
}

class ColumnMaker {
  readonly #codes: Uint16Array<ArrayBuffer>;
  readonly #numbers: Float64Array<ArrayBuffer>;
  readonly #words = new Map<string, number>();

  constructor(length: number) {
    this.#codes = new Uint16Array(length);
    this.#numbers = new Float64Array(length).fill(Number.NaN);
  }

  put(place: number, setting: KnownSetting | undefined): void {
    if (setting === undefined) return;
    const { value } = setting;
    if (typeof value === 'number') this.#numbers[place] = value;
    this.#codes[place] = typeof value === 'number' ? 1 : this.#codeOf(value);
  }

  #codeOf(word: string): number {
    const known = this.#words.get(word);
    if (known !== undefined) return known;
    const code = this.#words.size + 2;
    this.#words.set(word, code);
    return code;
  }

  take(): SettingColumn {
    return { codes: this.#codes, numbers: this.#numbers, words: [...this.#words.keys()] };
  }
}
