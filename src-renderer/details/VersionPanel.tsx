import { useCallback, useState } from 'react';
import type { ContentsView } from '../../shared/model/contents-view.ts';
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

const nothing: readonly string[] = [];

/** One version: what is known of it, or what is in its file. */
export function VersionPanel({ run, row, actions }: Props) {
  const { detailsTab } = usePreferences();
  const file = `${run.runId} ${row.handle} ${row.file_size_bytes} ${row.checksum}`;
  const [looked, setLooked] = useState<{ file: string; problems: readonly string[] } | null>(null);
  const told = useCallback(({ problems }: ContentsView) => setLooked({ file, problems }), [file]);
  return (
    <div
      id="details-panel"
      className="details-body"
      role="tabpanel"
      aria-labelledby={`details-tab-${detailsTab}`}
    >
      {detailsTab === 'overview' ? (
        <VersionSheet
          run={run}
          row={row}
          inFile={looked?.file === file ? looked.problems : nothing}
          actions={actions}
        />
      ) : (
        <ContentsTab
          state={file}
          isThere={run.watch.state !== 'gone'}
          path={`${run.folder}/${row.id}`}
          onLooked={told}
          open={() => window.cairn.request('openContents', { runId: run.runId, version: row.handle })}
        />
      )}
    </div>
  );
}
