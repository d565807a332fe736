const seconds = new Map([
  ['s', 1],
  ['m', 60],
  ['h', 3600],
  ['d', 86_400],
  ['w', 604_800],
  ['y', 31_536_000],
]);
const bytes = new Map(
  ['', 'K', 'M', 'G', 'T', 'P'].flatMap((prefix, power) => [
    [`${prefix}B`, 1000 ** power],
    [`${prefix}IB`, prefix === '' ? Number.NaN : 1024 ** power],
  ]),
);

/** `30d`, `12h`, `45m` or `90s` in milliseconds; w and y (365 days) too. Null for anything else. */
export function readAge(text: string): number | null {
  const [, count = '', unit = ''] = /^(\d{1,6})([smhdwy])$/.exec(text) ?? [];
  const second = seconds.get(unit);
  return second === undefined ? null : Number(count) * second * 1000;
}

/** `20 GB`, `500MB`, `1.5GiB` or a number of bytes. Null for anything else. */
export function readSize(text: string): number | null {
  const [, count = '', unit = 'B'] = /^(\d{1,15}(?:\.\d{1,6})?) ?([KMGTP]?i?B)?$/i.exec(text) ?? [];
  const factor = bytes.get(unit.toUpperCase());
  return count === '' || !factor ? null : Math.round(Number(count) * factor);
}

/** Whether a word is a unit that may follow a number of its own. */
export function isUnit(word: string): boolean {
  return seconds.has(word) || Boolean(bytes.get(word.toUpperCase()));
}

/** An age as {@link readAge} takes it, in its largest whole unit. @param milliseconds whole seconds of them */
export function writeAge(milliseconds: number): string {
  return inLargestUnit(milliseconds / 1000, ['d', 'h', 'm', 's'], seconds);
}

/** A size as {@link readSize} takes it, in its largest whole unit: `20 GB`. @param size whole bytes */
export function writeSize(size: number): string {
  return inLargestUnit(size, ['TB', 'GB', 'MB', 'KB', 'B'], bytes, ' ');
}

function inLargestUnit(
  amount: number,
  largestFirst: readonly string[],
  factors: ReadonlyMap<string, number>,
  gap = '',
): string {
  const smallest = largestFirst.at(-1) ?? '';
  const unit = largestFirst.find((one) => amount > 0 && amount % (factors.get(one) ?? 1) === 0) ?? smallest;
  return `${amount / (factors.get(unit) ?? 1)}${gap}${unit}`;
}
