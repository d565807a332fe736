const longestName = 80;

/** C0 and C1 controls, line separators, lone surrogates, and the marks that reorder or hide text. */
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** A name found in a file, fit for a sentence: nothing unprintable in it, cut at 80 characters. */
export function plainName(name: string): string {
  const characters = Array.from(name.slice(0, 2 * longestName + 2));
  const shown = characters.length > longestName ? [...characters.slice(0, longestName - 1), '…'] : characters;
  return shown.join('').replace(unprintable, escapeCharacter);
}

/** `1234567` → `1,234,567`, for whole numbers, with every digit of those beyond 2^53 that a file tells. By hand: every thread that reads a file would load a locale for it. */
export function formatCount(count: number): string {
  const isLong = Number.isInteger(count) && !Number.isSafeInteger(count);
  return String(isLong ? BigInt(count) : count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** A number with four significant decimals; a dash where there is none. */
export function formatNumber(value: number | null): string {
  if (value === null) return '–';
  return Number.isInteger(value) || !Number.isFinite(value) ? String(value) : value.toFixed(4);
}

/** `1 version`, `1,500 versions`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

function escapeCharacter(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
