import { parseTimestamp } from '../../../shared/query/parse-timestamp.ts';
import { formatNumber } from '../../core/formats/plain-text.ts';

const units = ['B', 'kB', 'MB', 'GB', 'TB'];

/** Bytes for people, in powers of 1000. */
export function formatBytes(bytes: number): string {
  const power = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  return `${power === 0 ? value : value.toFixed(value < 10 ? 2 : 1)} ${units[power]}`;
}

/** A time as it was written, but for the form of file names, `20260302_114200`: that is as any other. A dash where there is none. */
export function formatTime(timestamp: string | null): string {
  const time = timestamp?.[8] === '_' ? parseTimestamp(timestamp) : null;
  return time ? new Date(time.milliseconds).toISOString().slice(0, 19) : (timestamp ?? '–');
}

/** A measure of any magnitude with five significant digits; what is not 0 is never printed as 0. */
export function formatMeasure(value: number | bigint | null): string {
  if (typeof value === 'bigint') return value.toString();
  return value === null || Number.isInteger(value) ? formatNumber(value) : value.toPrecision(5);
}

/** A measure that is 1 where all is the same: with every digit where rounding would make it ±1 though it is not. */
export function formatLikeness(value: number | null): string {
  const text = formatMeasure(value);
  return value !== null && Math.abs(Number(text)) === 1 ? String(value) : text;
}
