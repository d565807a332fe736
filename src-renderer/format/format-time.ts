import { parseTimestamp } from '../../shared/query/parse-timestamp.ts';
import { localeOfTimes } from './locale-of-times.ts';
import { visibleText } from './visible-text.ts';

/** How much is written of a moment. */
export type Precision = 'second' | 'minute' | 'day' | 'month';
/** Writes a moment, given in milliseconds that are read as UTC. */
type WriteTime = (milliseconds: number, precision: Precision) => string;

const styles: Record<Precision, Intl.DateTimeFormatOptions> = {
  second: { dateStyle: 'medium', timeStyle: 'medium' },
  minute: { dateStyle: 'medium', timeStyle: 'short' },
  day: { dateStyle: 'medium' },
  month: { year: 'numeric', month: 'long' },
};

const isoLength: Record<Precision, number> = {
  second: '2026-03-02 11:42:00'.length,
  minute: '2026-03-02 11:42'.length,
  day: '2026-03-02'.length,
  month: '2026-03'.length,
};

/** Writes moments in the manner of a locale; as ISO 8601 where none is named. */
export function timeWriter(locale: string): WriteTime {
  if (locale === '')
    return (milliseconds, precision) =>
      new Date(milliseconds).toISOString().slice(0, isoLength[precision]).replace('T', ' ');
  const format = (precision: Precision) =>
    new Intl.DateTimeFormat(locale, { ...styles[precision], timeZone: 'UTC' });
  const formats = {
    second: format('second'),
    minute: format('minute'),
    day: format('day'),
    month: format('month'),
  };
  return (milliseconds, precision) => formats[precision].format(milliseconds);
}

const writeMoment = timeWriter(localeOfTimes);

/** How many pixels such times take in a table, without what is left around them. */
export function timeWidth(precision: Precision): number {
  // As long as they get.
  const longest = writeMoment(Date.UTC(2026, 11, 30, 22, 59, 59), precision);
  return longest.length * 7;
}

/** Milliseconds that are read as UTC, to the second. */
export function formatClock(milliseconds: number): string {
  return writeMoment(milliseconds, 'second');
}

/**
 * A timestamp as the window writes them: absolute ones in the clock of this machine, zoneless ones as they were written. Text that is
 * neither spelling stays as it is.
 */
export function formatTimestamp(text: string, precision: Precision = 'second'): string {
  const time = parseTimestamp(text);
  if (!time) return visibleText(text);
  const shift = time.zoned ? new Date(time.milliseconds).getTimezoneOffset() * 60_000 : 0;
  return writeMoment(time.milliseconds - shift, precision);
}

/** The same for hover text, with every digit that is on record. */
export function exactTimestamp(text: string): string {
  const [shown, whole] = [formatTimestamp(text), visibleText(text)];
  return shown === whole ? shown : `${shown} (${whole})`;
}

const steps: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

/** How long ago, in one unit: "3 hours ago", "just now". Both times in milliseconds. */
export function formatAge(then: number, now: number): string {
  const seconds = (now - then) / 1000;
  for (const [unit, size] of steps) {
    if (seconds >= size) return relative.format(-Math.floor(seconds / size), unit);
  }
  return 'just now';
}

/** A length of time in whole seconds, minutes or hours: "8 s", "2 min 5 s", "1 h 10 min". */
export function formatDuration(seconds: number): string {
  const total = Math.max(0, Math.ceil(seconds));
  if (total < 60) return `${total} s`;
  if (total < 3600) return `${Math.floor(total / 60)} min ${total % 60} s`;
  return `${Math.floor(total / 3600)} h ${Math.floor((total % 3600) / 60)} min`;
}
