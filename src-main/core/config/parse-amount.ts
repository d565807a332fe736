import { readAge, readSize } from '../../../shared/model/amounts.ts';
import { UsageError } from '../errors.ts';

/** `30d`, `12h`, `45m` or `90s` in milliseconds. @throws UsageError for anything else */
export function parseAge(text: string): number {
  const age = readAge(text);
  if (age !== null) return age;
  throw new UsageError(`“${text}” is no age — it needs a number and s, m, h, d, w or y — such as 30d`);
}

/** `20 GB`, `500MB` or a number of bytes. @throws UsageError for anything else */
export function parseSize(text: string): number {
  const size = readSize(text);
  if (size !== null) return size;
  throw new UsageError(`“${text}” is no size — it needs a number and B, KB, MB, GB or TB — such as 20 GB`);
}
