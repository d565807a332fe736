import { plural } from '../format/plural.ts';

const units: ReadonlyMap<string, string> = new Map([
  ['s', 'second'],
  ['m', 'minute'],
  ['h', 'hour'],
  ['d', 'day'],
  ['w', 'week'],
  ['y', 'year'],
]);

/** What an age as it is written in settings (`7d`) means: `7 days`; null for anything else. */
export function ageWords(text: string | null): string | null {
  const [, count = '', unit = ''] = /^(\d{1,6})([smhdwy])$/.exec(text ?? '') ?? [];
  const word = units.get(unit);
  return word === undefined ? null : plural(Number(count), word);
}
