import { useMounted } from '@mantine/hooks';
import { BackUpDialog } from '../backups/BackUpDialog.tsx';
import { BenchmarkDialog } from '../benchmark/BenchmarkDialog.tsx';
import { CompareDialog } from '../compare/CompareDialog.tsx';
import { RunDialogs } from '../run/RunDialogs.tsx';
import { areOfSeveral, type TableRuns } from '../run/table-runs.ts';
import type { OpenDialog, RunActions } from '../run/useRunActions.ts';
import { useSession } from '../session/useSession.ts';
import { TrashVersionsDialog } from '../trash/TrashVersionsDialog.tsx';
import { byRun } from '../versions/by-run.ts';
import type { VersionList } from '../versions/version-list.ts';

interface Props {
  runs: TableRuns;
  /** Of all of them. */
  list: VersionList;
  dialog: OpenDialog;
  onClose: () => void;
  onTrash: RunActions['trashUnasked'];
}

/** The dialogs of the table of all runs: those of the run that all versions are of, else the one that may be about several. */
export function AllRunsDialogs({ runs, list, dialog, onClose, onTrash }: Props) {
  const session = useSession();
  const { kind, opened, rows } = dialog;
  const run = rows[0] && runs.of(rows[0]);
  const ofSeveral = areOfSeveral(rows);
  // A dialog gives the focus back only where it has seen itself closed: this code may come after the click.
  const mounted = useMounted();
  const parts = [...byRun(rows).values()].flatMap((own) => {
    const ofThese = own[0] && runs.of(own[0]);
    return ofThese ? [{ run: ofThese, rows: own }] : [];
  });
  return (
    <>
      <BackUpDialog
        parts={parts}
        opened={mounted && opened && ofSeveral && kind === 'backUp'}
        onClose={onClose}
      />
      <CompareDialog
        runs={runs}
        list={list}
        row={rows[0] ?? null}
        other={rows[1] ?? null}
        opened={mounted && opened && ofSeveral && kind === 'compare'}
        onClose={onClose}
      />
      <BenchmarkDialog
        runs={runs}
        list={list}
        rows={rows}
        opened={mounted && opened && ofSeveral && kind === 'benchmark'}
        onClose={onClose}
      />
      <TrashVersionsDialog
        runs={runs}
        list={list}
        rows={rows}
        opened={mounted && opened && ofSeveral && kind === 'trash'}
        onClose={onClose}
        onMove={onTrash}
      />
      {run && !ofSeveral && (
        <RunDialogs
          run={run}
          store={session.storeOf(run.runId)}
          snapshot={session.storeOf(run.runId).snapshot()}
          dialog={dialog}
          onClose={onClose}
          onTrash={onTrash}
        />
      )}
    </>
  );
}
