import type { RunSummary } from '../../shared/model/run.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { usePreferences } from '../app/usePreferences.ts';
import { ContentsTab } from '../run/load-pages.ts';
import type { RunActions } from '../run/useRunActions.ts';
import { VersionSheet } from './VersionSheet.tsx';

interface Props {
  run: RunSummary;
  row: VersionRow;
  actions: RunActions;
}

/** One version: what is known of it, or what is in its file. */
export function VersionPanel({ run, row, actions }: Props) {
  const { detailsTab } = usePreferences();
  return (
    <div
      id="details-panel"
      className="details-body"
      role="tabpanel"
      aria-labelledby={`details-tab-${detailsTab}`}
    >
      {detailsTab === 'overview' ? (
        <VersionSheet run={run} row={row} actions={actions} />
      ) : (
        <ContentsTab
          state={`${run.runId} ${row.handle} ${row.file_size_bytes} ${row.checksum}`}
          path={`${run.folder}/${row.id}`}
          open={() => window.cairn.request('openContents', { runId: run.runId, version: row.handle })}
        />
      )}
    </div>
  );
}
