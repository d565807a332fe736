import { CloseButton } from '@mantine/core';
import type { RunSummary } from '../../shared/model/run.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { versionLabel } from '../format/format-version.ts';
import type { RunActions } from '../run/useRunActions.ts';
import type { RunSnapshot, RunStore } from '../versions/run-store.ts';
import { RunOverview } from './RunOverview.tsx';
import { VersionSheet } from './VersionSheet.tsx';
import './details.css';

interface Props {
  run: RunSummary;
  row: VersionRow | null;
  store: RunStore;
  snapshot: RunSnapshot;
  actions: RunActions;
  onClose: () => void;
}

export function DetailsPanel({ run, row, store, snapshot, actions, onClose }: Props) {
  return (
    <aside className="details" aria-label="Details">
      <header className="details-head">
        <h2>
          <bdi>{row ? versionLabel(row) : 'This run'}</bdi>
        </h2>
        <CloseButton size="sm" aria-label="Close details" onClick={onClose} />
      </header>
      {row ? (
        <VersionSheet key={row.handle} run={run} row={row} actions={actions} />
      ) : (
        <RunOverview run={run} store={store} snapshot={snapshot} />
      )}
    </aside>
  );
}
