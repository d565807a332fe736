import { naturalKey } from '../versions/natural-key.ts';
import type { LabelledRun } from './label-runs.ts';
import { runColumn } from './run-columns.ts';

export interface RunSort {
  column: string;
  desc: boolean;
}

/** In the order of a column; what has no value there comes last either way, and what is equal by path. */
export function sortRuns(runs: Iterable<LabelledRun>, { column, desc }: RunSort): LabelledRun[] {
  const { sort } = runColumn(column);
  const keyed = Array.from(runs, (run) => ({ run, key: sort(run), path: pathKeyOf(run) }));
  keyed.sort((a, b) => compareKeys(a.key, b.key, desc) || compare(a.path, b.path));
  return keyed.map(({ run }) => run);
}

/** A run of which nothing was told stays the same object, and many are put in order again with each that is found. */
const pathKeys = new WeakMap<LabelledRun, string>();

function pathKeyOf(run: LabelledRun): string {
  const known = pathKeys.get(run);
  if (known !== undefined) return known;
  const key = naturalKey(run.path);
  pathKeys.set(run, key);
  return key;
}

type Key = number | string | null;

function compareKeys(a: Key, b: Key, desc: boolean): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return desc ? compare(b, a) : compare(a, b);
}

function compare(a: number | string, b: number | string): number {
  return a < b ? -1 : Number(a > b);
}
