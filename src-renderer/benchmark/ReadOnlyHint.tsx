import type { VersionRow } from '../../shared/model/version-row.ts';
import type { TableRuns } from '../run/table-runs.ts';

/** What becomes of results where nothing may be written into a run. */
export function ReadOnlyHint({ runs, rows }: { runs: TableRuns; rows: readonly VersionRow[] }) {
  if (!runs.isReadOnly(rows)) return null;
  return (
    <p className="dialog-hint">
      <b>{runs.areSeveral ? 'One of these runs is read-only:' : 'This run is read-only:'}</b> what is found
      stays on record in Cairn’s own data, and does not go to the versions’ sidecars.
    </p>
  );
}
