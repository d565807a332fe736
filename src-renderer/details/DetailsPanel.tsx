import { ActionIcon, CloseButton } from '@mantine/core';
import { IconArrowsDiagonal, IconArrowsDiagonalMinimize2, IconChevronLeft } from '@tabler/icons-react';
import { memo, type ReactNode } from 'react';
import type { VersionRow } from '../../shared/model/version-row.ts';
import type { Preferences } from '../app/preferences.ts';
import { changePreferences, usePreferences } from '../app/usePreferences.ts';
import { nameVersions } from '../format/format-version.ts';
import type { TableRuns } from '../run/table-runs.ts';
import type { RunActions } from '../run/useRunActions.ts';
import { type TabChoice, TabStrip } from '../tabs/TabStrip.tsx';
import type { VersionsStore } from '../versions/versions-store.ts';
import { ChosenSheet } from './ChosenSheet.tsx';
import { DetailsTitle } from './DetailsTitle.tsx';
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

const tabs: readonly TabChoice<Preferences['detailsTab']>[] = [
  { value: 'overview', label: 'Overview' },
  { value: 'contents', label: 'Contents' },
];

/**
 * What is known of the chosen versions: of one what is on record, or what is in its file. It is drawn after what is more urgent: while
 * that is drawn, nothing of this changes.
 */
export const DetailsPanel = memo(function DetailsPanel({ onClose, ...props }: Props) {
  const { rows, runs, store, overview } = props;
  const title = titleOf(rows, runs) ?? overview.title;
  const { detailsTab, detailsWide, detailsWidth } = usePreferences();
  const Icon = detailsWide ? IconArrowsDiagonalMinimize2 : IconArrowsDiagonal;
  return (
    <aside
      className="details"
      aria-label="Details"
      data-wide={detailsWide || undefined}
      style={detailsWidth === null ? {} : { '--details-width': `${detailsWidth}px` }}
    >
      <header className="details-head">
        {rows.length > 0 && (
          <ActionIcon
            className="details-back"
            aria-label={`Back to ${overview.title.toLowerCase()}`}
            onClick={() => store.chooseNone()}
          >
            <IconChevronLeft size={16} stroke={1.75} />
          </ActionIcon>
        )}
        <DetailsTitle title={title} />
        {rows.length === 1 && (
          <TabStrip
            name="details"
            label="Details of"
            tabs={tabs}
            value={detailsTab}
            onChange={(tab) => prefer({ detailsTab: tab })}
          />
        )}
        <ActionIcon
          aria-label={detailsWide ? 'Narrow the details' : 'Widen the details'}
          aria-pressed={detailsWide}
          onClick={() => prefer({ detailsWide: !detailsWide })}
        >
          <Icon size={15} stroke={1.75} />
        </ActionIcon>
        <CloseButton size="sm" aria-label="Close details" onClick={onClose} />
      </header>
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

function prefer(change: Partial<Preferences>): void {
  changePreferences((preferences) => ({ ...preferences, ...change }));
}
