import { columnNames } from '../../shared/comparison/column-names.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { visibleText } from '../format/visible-text.ts';
import type { TableRuns } from '../run/table-runs.ts';

/** What the columns are called, to show. */
export function namesOf(rows: readonly VersionRow[], runs: TableRuns): string[] {
  return columnNames(
    rows,
    rows.map((row) => runs.nameOf(row)),
  ).map(visibleText);
}
