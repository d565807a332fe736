import { UsageError } from '../errors.ts';

const seconds = new Map([
  ['s', 1],
  ['m', 60],
  ['h', 3600],
  ['d', 86_400],
  ['w', 604_800],
]);
const units = new Map([
  ['', 1],
  ['B', 1],
  ['KB', 1e3],
  ['MB', 1e6],
  ['GB', 1e9],
  ['TB', 1e12],
]);

/** `30d`, `12h`, `45m` or `90s` in milliseconds. @throws UsageError for anything else */
export function parseAge(text: string): number {
  const [, count, unit = ''] = /^(\d{1,6})([smhdw])$/.exec(text) ?? [];
  const second = seconds.get(unit);
  if (count === undefined || second === undefined)
    throw new UsageError(`“${text}” is no age — it needs a number and s, m, h, d or w — such as 30d`);
  return Number(count) * second * 1000;
}

/** `20 GB`, `500MB` or a number of bytes. @throws UsageError for anything else */
export function parseSize(text: string): number {
  const [, count, unit = ''] = /^(\d{1,15}(?:\.\d{1,6})?) ?([KMGT]?B)?$/i.exec(text) ?? [];
  const factor = units.get(unit.toUpperCase());
  if (count === undefined || factor === undefined)
    throw new UsageError(`“${text}” is no size — it needs a number and B, KB, MB, GB or TB — such as 20 GB`);
  return Math.round(Number(count) * factor);
}
