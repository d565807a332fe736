import { toNumber } from '../../shared/model/json.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';

/** The rows of a page or event: JSON text of VersionRow[], its "NaN" and "±Infinity" strings numbers again. */
export function parseRows(json: string): VersionRow[] {
  const rows = JSON.parse(json) as VersionRow[];
  for (const row of rows) restoreNumbers(row);
  return rows;
}

function restoreNumbers(row: VersionRow): void {
  row.reward = toNumber(row.reward);
  row.step = toNumber(row.step);
  row.episode = toNumber(row.episode);
  const { metrics } = row;
  for (const name of Object.keys(metrics)) {
    const value = metrics[name];
    const number = typeof value === 'string' ? toNumber(value) : null;
    if (number !== null) setOwn(metrics, name, number);
  }
}

/** Plain assignment would run the setter of a metric called `__proto__`. */
function setOwn(object: object, key: string, value: number): void {
  Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
}
