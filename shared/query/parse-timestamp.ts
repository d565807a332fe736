/** A point in time as a version tells it: `zoned` ones are absolute, the others are local to an unknown machine. */
export interface Timestamp {
  milliseconds: number;
  zoned: boolean;
}

/** Where the digits of month, day, hour and minute stand; the year is in front. */
type Layout = readonly [month: number, day: number, hour: number, minute: number];
const isoLayout: Layout = [5, 8, 11, 14];
const compactLayout: Layout = [4, 6, 9, 11];
const zone = /^(?:(Z)|([+-])(\d{2}):?(\d{2}))?$/;

/**
 * Reads both spellings found in sidecars, ISO 8601 and `YYYYmmdd_HHMMSS`; null when it is neither, or no such day exists.
 * By the places of the digits: a hundred thousand are read where a query asks for a time, and a regular expression takes
 * eight times as long.
 */
export function parseTimestamp(text: string | null): Timestamp | null {
  if (text === null) return null;
  if (text.length === 15 && text[8] === '_') return parseCompact(text);
  return isSeparated(text) ? parseIso(text) : null;
}

function parseCompact(text: string): Timestamp | null {
  const milliseconds = localTime(text, compactLayout, digits(text, 13, 2));
  return milliseconds === null ? null : { milliseconds, zoned: false };
}

function isSeparated(text: string): boolean {
  const isDate = text[4] === '-' && text[7] === '-' && text[13] === ':';
  return isDate && (text[10] === 'T' || text[10] === ' ');
}

function parseIso(text: string): Timestamp | null {
  const hasSecond = text[16] === ':';
  const local = localTime(text, isoLayout, hasSecond ? digits(text, 17, 2) : 0);
  if (local === null) return null;
  const end = hasSecond ? endOfFraction(text) : 16;
  const offset = offsetOf(text, end);
  if (offset === null) return null;
  return { milliseconds: local + fractionOf(text, end) - offset, zoned: end < text.length };
}

/** Where the digits of a fraction end; a dot alone is none. */
function endOfFraction(text: string): number {
  if (text[19] !== '.') return 19;
  let end = 20;
  while (digits(text, end, 1) >= 0) end += 1;
  return end === 20 ? 19 : end;
}

/** Milliseconds; what is finer is cut. */
function fractionOf(text: string, end: number): number {
  return end <= 20 ? 0 : Number(text.slice(20, Math.min(end, 23)).padEnd(3, '0'));
}

/** The offset of a zone in milliseconds, 0 where none is written; null where something else is. */
function offsetOf(text: string, at: number): number | null {
  if (at === text.length) return 0;
  const [whole, , sign, hour, minute] = zone.exec(text.slice(at)) ?? [];
  if (whole === undefined || Number(minute ?? 0) > 59) return null;
  return sign ? Number(`${sign}1`) * (Number(hour) * 60 + Number(minute)) * 60_000 : 0;
}

/** Milliseconds since 1970, were the clock that wrote it set to UTC; null for a 31 February or a 25th hour. */
function localTime(text: string, [monthAt, dayAt, hourAt, minuteAt]: Layout, second: number): number | null {
  const [year, month, day] = [digits(text, 0, 4), digits(text, monthAt, 2), digits(text, dayAt, 2)];
  const [hour, minute] = [digits(text, hourAt, 2), digits(text, minuteAt, 2)];
  if (Math.min(year, hour, minute, second) < 0 || hour > 23 || minute > 59 || second > 59) return null;
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return null;
  return daysSince1970(year, month, day) * 86_400_000 + hour * 3_600_000 + minute * 60_000 + second * 1000;
}

/** The number that so many digits make; negative where one of them is none. */
function digits(text: string, at: number, count: number): number {
  let value = 0;
  for (let index = at; index < at + count; index += 1) {
    const digit = text.charCodeAt(index) - 48;
    if (!(digit >= 0 && digit <= 9)) return -1;
    value = value * 10 + digit;
  }
  return value;
}

function daysIn(year: number, month: number): number {
  if (month !== 2) return 30 + ((month + (month >> 3)) & 1);
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}

/** Of the Gregorian calendar, as ISO 8601 has it for all years. Years are counted from March, so that a leap day comes last. */
function daysSince1970(year: number, month: number, day: number): number {
  const since = month > 2 ? year : year - 1;
  const beforeMonth = Math.floor((153 * ((month + 9) % 12) + 2) / 5);
  const leapDays = Math.floor(since / 4) - Math.floor(since / 100) + Math.floor(since / 400);
  return since * 365 + leapDays + beforeMonth + day - 1 - 719_468;
}
