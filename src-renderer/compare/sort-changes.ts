import type { DiffView } from '../../shared/model/contents-view.ts';
import { toNumber } from '../../shared/model/json.ts';

type ChangedTensor = DiffView['tensors']['changed'][number];

export type ChangeColumn = 'l2' | 'relative_l2' | 'cosine' | 'max_abs' | 'fraction_changed';

/** The order of changed tensors: by their names, or by one of their measures. */
export interface ChangeOrder {
  column: 'name' | ChangeColumn;
  descending: boolean;
}

/** In order; what was not measured comes last either way, and NaN, which is worse than any number, counts as the largest. */
export function sortChanges(
  changed: readonly ChangedTensor[],
  { column, descending }: ChangeOrder,
): ChangedTensor[] {
  const sign = descending ? -1 : 1;
  if (column === 'name') return changed.toSorted((a, b) => sign * compareTexts(a.name, b.name));
  const keyed = changed.map((tensor) => ({ tensor, key: keyOf(tensor[column]) }));
  return keyed.sort((a, b) => compareKeys(a.key, b.key, sign)).map(({ tensor }) => tensor);
}

function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function compareKeys(a: number | null, b: number | null, sign: number): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  if (a === b) return 0;
  return a < b ? -sign : sign;
}

function keyOf(value: unknown): number | null {
  const number = toNumber(value);
  return number !== null && Number.isNaN(number) ? Number.POSITIVE_INFINITY : number;
}
