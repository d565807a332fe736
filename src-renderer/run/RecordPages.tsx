import { useDebouncedValue } from '@mantine/hooks';
import type { RunSummary } from '../../shared/model/run.ts';
import { BackupsPage } from '../backups/BackupsPage.tsx';
import { HistoryPage } from '../history/HistoryPage.tsx';
import { TrashPage } from '../trash/TrashPage.tsx';
import type { VersionsSnapshot } from '../versions/versions-store.ts';
import type { RunActions, RunPage } from './useRunActions.ts';

/** How long the run must stand still before its records are looked at again, in milliseconds. */
const settling = 250;

interface Props {
  page: RunPage;
  run: RunSummary;
  snapshot: VersionsSnapshot;
  actions: RunActions;
}

/** The pages that list records of a run: its backups, its trash, and what was done to it. */
export function RecordPages({ page, run, snapshot, actions }: Props) {
  // Another snapshot comes with every change of the run, of which there may be thousands in a row.
  const [revision] = useDebouncedValue(snapshot, settling);
  if (page === 'backups') return <BackupsPage run={run} revision={revision} actions={actions} />;
  if (page === 'trash') return <TrashPage run={run} revision={revision} />;
  if (page === 'history') return <HistoryPage run={run} revision={revision} />;
  return null;
}
