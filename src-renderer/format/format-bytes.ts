import { withMinus } from './format-number.ts';
import { plural } from './plural.ts';

const units = ['bytes', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;

/** A size in decimal units, three figures or so: 157 kB, 1.25 GB. */
export function formatBytes(bytes: number): string {
  const scale = scaleOf(bytes);
  if (scale === 0) return bytes === 1 ? '1 byte' : withMinus(`${bytes} bytes`);
  const value = bytes / 1000 ** scale;
  return withMinus(`${value.toFixed(decimals(value))} ${units[scale]}`);
}

/** Every byte counted, with the thousands apart. */
export function exactBytes(bytes: number): string {
  return plural(bytes, 'byte');
}

function scaleOf(bytes: number): number {
  let scale = 0;
  while (scale < units.length - 1 && Math.abs(bytes) >= 999.5 * 1000 ** scale) scale += 1;
  return scale;
}

function decimals(value: number): number {
  if (value >= 99.95) return 0;
  return value >= 9.995 ? 1 : 2;
}
