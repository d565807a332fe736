import { readFileSync, writeFileSync } from 'node:fs';

/** As long as no test goes back. */
const counted = 100 * 365 * 24 * 3600 * 1000;

/** Makes what a file of ages is about so old, in milliseconds by id, as if the machine had run on since; others stay as they are in it. */
export function letAge(path: string, ages: ReadonlyMap<string, number>): void {
  const since = Object.fromEntries([...ages].map(([id, age]) => [id, counted - age]));
  writeFileSync(
    path,
    JSON.stringify({ counted, last: { place: '', at: 0 }, since: { ...sinceIn(path), ...since } }),
  );
}

function sinceIn(path: string): object {
  try {
    return (JSON.parse(readFileSync(path, 'utf8')) as { since: object }).since;
  } catch {
    return {};
  }
}
