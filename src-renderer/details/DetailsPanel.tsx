import { ActionIcon, CloseButton } from '@mantine/core';
import { IconArrowsDiagonal, IconArrowsDiagonalMinimize2 } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import type { RunSummary } from '../../shared/model/run.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import type { Preferences } from '../app/preferences.ts';
import { changePreferences, usePreferences } from '../app/usePreferences.ts';
import { versionLabel } from '../format/format-version.ts';
import type { RunActions } from '../run/useRunActions.ts';
import type { RunSnapshot, RunStore } from '../versions/run-store.ts';
import { DetailsTabs } from './DetailsTabs.tsx';
import { RunOverview } from './RunOverview.tsx';
import { VersionSheet } from './VersionSheet.tsx';
import './details.css';

/** Read when somebody first looks into a file. */
const ContentsTab = lazy(async () => ({
  default: (await import('../contents/ContentsTab.tsx')).ContentsTab,
}));

interface Props {
  run: RunSummary;
  row: VersionRow | null;
  store: RunStore;
  snapshot: RunSnapshot;
  actions: RunActions;
  onClose: () => void;
}

export function DetailsPanel({ run, row, store, snapshot, actions, onClose }: Props) {
  const { detailsTab, detailsWide } = usePreferences();
  const Icon = detailsWide ? IconArrowsDiagonalMinimize2 : IconArrowsDiagonal;
  return (
    <aside className="details" aria-label="Details" data-wide={detailsWide || undefined}>
      <header className="details-head">
        <h2>
          <bdi>{row ? versionLabel(row) : 'This run'}</bdi>
        </h2>
        {row && <DetailsTabs tab={detailsTab} onChange={(tab) => prefer({ detailsTab: tab })} />}
        <ActionIcon
          aria-label={detailsWide ? 'Narrow the details' : 'Widen the details'}
          aria-pressed={detailsWide}
          onClick={() => prefer({ detailsWide: !detailsWide })}
        >
          <Icon size={15} stroke={1.75} />
        </ActionIcon>
        <CloseButton size="sm" aria-label="Close details" onClick={onClose} />
      </header>
      {row ? (
        <div
          id="details-panel"
          key={row.handle}
          className="details-body"
          role="tabpanel"
          aria-labelledby={`details-tab-${detailsTab}`}
        >
          {detailsTab === 'overview' ? (
            <VersionSheet run={run} row={row} actions={actions} />
          ) : (
            <Suspense>
              <ContentsTab runId={run.runId} row={row} />
            </Suspense>
          )}
        </div>
      ) : (
        <RunOverview run={run} store={store} snapshot={snapshot} onDrift={() => actions.open('drift')} />
      )}
    </aside>
  );
}

function prefer(change: Partial<Preferences>): void {
  changePreferences((preferences) => ({ ...preferences, ...change }));
}
