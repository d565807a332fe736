import type { VersionRow } from '../../shared/model/version-row.ts';
import { readOnlyWords } from './read-only-words.ts';
import { areOfSeveral, type TableRuns } from './table-runs.ts';

/** Why nothing is written into the runs of these versions; null where it may be. */
export function whyNotWritten(runs: TableRuns, rows: readonly VersionRow[]): string | null {
  if (!runs.isReadOnly(rows)) return null;
  return areOfSeveral(rows)
    ? 'Some of these are in a run that is read-only: leave those out.'
    : readOnlyWords;
}
