import type { Json } from '../../../shared/model/json.ts';

/** Characters that a number, or what stands around a value, counts for. */
const perValue = 8;

/** How long a value is about, in characters, counted little further than `most`: one text may stand in it ten thousand times. */
export function measureValue(value: Json, most: number): number {
  if (typeof value === 'string') return perValue + value.length;
  if (typeof value === 'bigint') return perValue + value.toString(16).length;
  if (typeof value !== 'object' || value === null) return perValue;
  let length = perValue;
  for (const [key, item] of Object.entries(value)) {
    length += key.length + measureValue(item, most - length);
    if (length > most) break;
  }
  return length;
}
