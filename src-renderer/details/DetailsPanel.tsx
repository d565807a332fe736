import { memo, type ReactNode } from 'react';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { usePreferences } from '../app/usePreferences.ts';
import { nameVersions } from '../format/format-version.ts';
import type { TableRuns } from '../run/table-runs.ts';
import type { RunActions } from '../run/useRunActions.ts';
import type { VersionsStore } from '../versions/versions-store.ts';
import { ChosenSheet } from './ChosenSheet.tsx';
import { DetailsHead } from './DetailsHead.tsx';
import { VersionPanel } from './VersionPanel.tsx';
import './details.css';

interface Props {
  runs: TableRuns;
  /** The chosen versions, in the order of the table. */
  rows: readonly VersionRow[];
  store: VersionsStore;
  actions: RunActions;
  overview: { title: string; body: ReactNode };
  onClose: () => void;
}

/**
 * What is known of the chosen versions: of one what is on record, or what is in its file. It is drawn after what is more urgent: while
 * that is drawn, nothing of this changes.
 */
export const DetailsPanel = memo(function DetailsPanel({ onClose, ...props }: Props) {
  const { rows, runs, store, overview } = props;
  const title = titleOf(rows, runs) ?? overview.title;
  const { detailsWide, detailsWidth } = usePreferences();
  return (
    <aside
      className="details"
      aria-label="Details"
      data-wide={detailsWide || undefined}
      style={detailsWidth === null ? {} : { '--details-width': `${detailsWidth}px` }}
    >
      <DetailsHead
        title={title}
        of={overview.title}
        chosen={rows.length}
        onBack={() => store.chooseNone()}
        onClose={onClose}
      />
      <Body {...props} />
    </aside>
  );
});

function Body({ runs, rows, store, actions, overview }: Omit<Props, 'onClose'>) {
  const [row, second] = rows;
  const run = row && runs.of(row);
  if (!run) return overview.body;
  return second ? (
    <ChosenSheet runs={runs} store={store} rows={rows} actions={actions} />
  ) : (
    <VersionPanel key={row.handle} run={run} row={row} actions={actions} />
  );
}

/** Which versions these are, and of which run where there are several; null where there are none. */
function titleOf(rows: readonly VersionRow[], runs: TableRuns): string | null {
  const [row, second] = rows;
  if (!row) return null;
  const name = nameVersions(rows);
  return runs.areSeveral && !second ? `${name} of ${runs.nameOf(row)}` : name;
}
