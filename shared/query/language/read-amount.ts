import { readAge, readSize } from '../../model/amounts.ts';
import { parseTimestamp } from '../parse-timestamp.ts';
import type { AmountKind } from './fields.ts';
import type { Amount, AmountRange } from './query-tree.ts';

type Bounds = Omit<Amount, 'text'>;

const readers: Record<AmountKind, (text: string) => Bounds | null> = {
  number: (text) => exactly(readNumber(text)),
  size: (text) => exactly(readSize(text)),
  age: (text) => exactly(readAge(text)),
  time: readTime,
};

/** What a value of a kind looks like, for sentences. */
export const amountWords: Record<AmountKind, string> = {
  number: 'a number, such as 0.4, -2, 1e-3, 45% or 100k',
  size: 'a size, such as 500MB, 1.5GB or 2GiB',
  age: 'an age, such as 12h, 7d or 2w',
  time: 'a time, such as 2026-03-02, 2026-03 or 2026-03-02T09:30',
};

/** A value of a field, as it was written; null when it is none. */
export function readAmount(kind: AmountKind, text: string): Amount | null {
  const bounds = readers[kind](text);
  return bounds && { text, ...bounds };
}

/** `0.2..0.4`, `1GB..` or `..2026-03`: null when it is none, or leads from more to less. */
export function readRange(kind: AmountKind, text: string): AmountRange | null {
  const dots = text.indexOf('..');
  if (dots < 0) return null;
  const [first, last] = [text.slice(0, dots), text.slice(dots + 2)];
  const [from, to] = [endOf(kind, first), endOf(kind, last)];
  if (from === undefined || to === undefined || first + last === '') return null;
  return from && to && from.low > to.high ? null : { from, to };
}

/** Null for an end that is left open, undefined for one that is no value. */
function endOf(kind: AmountKind, text: string): Amount | null | undefined {
  return text === '' ? null : (readAmount(kind, text) ?? undefined);
}

function exactly(value: number | null): Bounds | null {
  return value === null ? null : { low: value, high: value, zoned: false };
}

/** By how many places a unit moves the decimal point. */
const places = new Map([
  ['', 0],
  ['%', -2],
  ['k', 3],
  ['K', 3],
  ['M', 6],
  ['G', 9],
]);

function readNumber(text: string): number | null {
  const infinite = /^([+-]?)inf(?:inity)?$/i.exec(text);
  if (infinite) return infinite[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const [, digits = '', exponent = '0', unit = ''] =
    /^([+-]?(?:\d+\.?\d*|\.\d+))(?:[eE]([+-]?\d+))?([%kKMG]?)$/.exec(text) ?? [];
  // In the text: 1.1 / 100 is not 0.011, nor 2.01 * 1e6 2010000.
  const value = Number(
    digits === '' ? Number.NaN : `${digits}e${Number(exponent) + (places.get(unit) ?? 0)}`,
  );
  return Number.isFinite(value) ? value : null;
}

/** A year, a month, a day, a minute or a second: all its milliseconds. */
function readTime(text: string): Bounds | null {
  const [, year, month, day] = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(text) ?? [];
  if (year === undefined) return readMoment(text);
  const first = parseTimestamp(`${year}-${month ?? '01'}-${day ?? '01'}T00:00:00`);
  if (!first) return null;
  const next = new Date(first.milliseconds);
  if (day !== undefined) next.setUTCDate(next.getUTCDate() + 1);
  else if (month !== undefined) next.setUTCMonth(next.getUTCMonth() + 1);
  else next.setUTCFullYear(next.getUTCFullYear() + 1);
  return { low: first.milliseconds, high: next.getTime() - 1, zoned: false };
}

function readMoment(text: string): Bounds | null {
  const time = parseTimestamp(text);
  return time && { low: time.milliseconds, high: time.milliseconds + lengthOf(text) - 1, zoned: time.zoned };
}

/** How many milliseconds a moment written like this may mean. */
function lengthOf(text: string): number {
  const [, second, fraction] = /[T ]\d{2}:\d{2}(:\d{2})?(\.\d+)?/.exec(text) ?? ['', ':00', undefined];
  if (fraction !== undefined) return 1;
  return second === undefined ? 60_000 : 1000;
}
