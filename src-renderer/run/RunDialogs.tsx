import { useMounted } from '@mantine/hooks';
import { useMemo } from 'react';
import type { RunSummary } from '../../shared/model/run.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { BackUpDialog } from '../backups/BackUpDialog.tsx';
import { RestoreVersionDialog } from '../backups/RestoreVersionDialog.tsx';
import { BenchmarkDialog } from '../benchmark/BenchmarkDialog.tsx';
import { CompareDialog } from '../compare/CompareDialog.tsx';
import { DriftDialog } from '../compare/DriftDialog.tsx';
import { ConvertDialog, type Convertible } from '../convert/ConvertDialog.tsx';
import { versionLabel } from '../format/format-version.ts';
import { PruneDialog } from '../prune/PruneDialog.tsx';
import { TrashVersionsDialog } from '../trash/TrashVersionsDialog.tsx';
import { SealDialog } from '../verify/SealDialog.tsx';
import type { RunStore } from '../versions/run-store.ts';
import type { VersionsSnapshot } from '../versions/versions-store.ts';
import type { TableRuns } from './table-runs.ts';
import type { OpenDialog, RunActions } from './useRunActions.ts';
import { useTableRuns } from './useTableRuns.ts';

interface Props {
  run: RunSummary;
  store: RunStore;
  snapshot: VersionsSnapshot;
  dialog: OpenDialog;
  onClose: () => void;
  onTrash: RunActions['trashUnasked'];
}

/** The dialogs of a run, of which one is open at most. */
export function RunDialogs({ run, store, snapshot, dialog, onClose, onTrash }: Props) {
  const { opened, rows } = dialog;
  const [row = null, other = null] = rows;
  const runs = useTableRuns(useMemo(() => [run], [run]));
  // A dialog gives the focus back only where it has seen itself closed: this code may come after the click.
  const mounted = useMounted();
  const isOpen = (kind: OpenDialog['kind']) => mounted && opened && dialog.kind === kind;
  return (
    <>
      <PruneDialog run={run} snapshot={snapshot} opened={isOpen('prune')} onClose={onClose} />
      <BackUpDialog parts={[{ run, rows }]} opened={isOpen('backUp')} onClose={onClose} />
      <RestoreVersionDialog run={run} row={row} opened={isOpen('restore')} onClose={onClose} />
      <CompareDialog
        runs={runs}
        list={snapshot.list}
        row={row}
        other={other}
        opened={isOpen('compare')}
        onClose={onClose}
      />
      <BenchmarkDialog
        runs={runs}
        list={snapshot.list}
        rows={rows}
        opened={isOpen('benchmark')}
        onClose={onClose}
      />
      <TrashVersionsDialog
        runs={runs}
        list={snapshot.list}
        rows={rows}
        opened={isOpen('trash')}
        onClose={onClose}
        onMove={onTrash}
      />
      <ConvertDialog
        subject={row && convertible(row, runs)}
        act={dialog.kind === 'repair' ? 'repair' : 'convert'}
        opened={isOpen('convert') || isOpen('repair')}
        onClose={onClose}
      />
      <DriftDialog run={run} store={store} opened={isOpen('drift')} onClose={onClose} />
      <SealDialog run={run} snapshot={snapshot} opened={isOpen('seal')} onClose={onClose} />
    </>
  );
}

function convertible(row: VersionRow, runs: TableRuns): Convertible {
  return { ownerId: row.runId, member: row.handle, label: versionLabel(row), path: runs.pathOf(row) };
}
