import { metricReader, type SelectionMetric } from '../../shared/model/metric.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';

/** The one of these rows with the best value of a metric, the first of equals; null where none has a finite one. */
export function bestOf(
  rows: readonly VersionRow[],
  { name, mode }: Pick<SelectionMetric, 'name' | 'mode'>,
): VersionRow | null {
  const read = metricReader(name);
  const sign = mode === 'max' ? 1 : -1;
  const worth = (row: VersionRow) => sign * (read(row) ?? Number.NaN);
  const measured = rows.filter((row) => Number.isFinite(worth(row)));
  return measured.reduce<VersionRow | null>(
    (best, row) => (best === null || worth(row) > worth(best) ? row : best),
    null,
  );
}
