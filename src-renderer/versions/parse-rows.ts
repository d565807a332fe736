import type { VersionRow } from '../../shared/model/version-row.ts';

const nonFinite: ReadonlyMap<unknown, number> = new Map([
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
]);

/** The rows of a page or event: JSON text of VersionRow[], its "NaN" and "±Infinity" strings numbers again. */
export function parseRows(json: string): VersionRow[] {
  const rows = JSON.parse(json) as VersionRow[];
  for (const row of rows) restoreNumbers(row);
  return rows;
}

/** The number a JSON value stands for, NaN and ±Infinity included; null when it is none. */
export function numberOf(value: unknown): number | null {
  return typeof value === 'number' ? value : (nonFinite.get(value) ?? null);
}

function restoreNumbers(row: VersionRow): void {
  row.reward = numberOf(row.reward);
  row.step = numberOf(row.step);
  row.episode = numberOf(row.episode);
  const { metrics } = row;
  for (const name of Object.keys(metrics)) {
    const value = nonFinite.get(metrics[name]);
    if (value !== undefined) setOwn(metrics, name, value);
  }
}

/** Plain assignment would run the setter of a metric called `__proto__`. */
function setOwn(object: object, key: string, value: number): void {
  Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
}
