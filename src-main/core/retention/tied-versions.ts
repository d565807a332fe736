import { finiteOrNull } from '../../../shared/query/compare-natural.ts';
import { withMetric } from '../catalog/listed-version.ts';
import type { RetainedRun } from './retained-run.ts';

/** Those of which another has the same value: their steps tell whether they are one state of the model, saved twice. */
export function tiedVersions(run: RetainedRun, ids: readonly string[], metric: string): string[] {
  const values = ids.map((id) => {
    const version = run.listed(id);
    return version ? finiteOrNull(withMetric(version, metric).value) : null;
  });
  const counts = new Map<number | null, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return ids.filter((_, index) => {
    const value = values[index] ?? null;
    return value !== null && (counts.get(value) ?? 0) > 1;
  });
}
