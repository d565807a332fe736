import { parseTimestamp } from '../../shared/query/parse-timestamp.ts';

/**
 * A version's timestamp for a column, `2025-03-03 11:21:00`: absolute ones in the clock of this machine, zoneless ones as
 * they were written. Text that is neither spelling stays as it is.
 */
export function formatTimestamp(text: string): string {
  const time = parseTimestamp(text);
  if (!time) return text;
  const shift = time.zoned ? new Date(time.milliseconds).getTimezoneOffset() * 60_000 : 0;
  return formatClock(time.milliseconds - shift);
}

/** `2025-03-03 11:21:00` of milliseconds that are read as UTC. */
export function formatClock(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 19).replace('T', ' ');
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
