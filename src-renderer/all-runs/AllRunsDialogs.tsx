import { useMounted } from '@mantine/hooks';
import { BackUpDialog } from '../backups/BackUpDialog.tsx';
import { RunDialogs } from '../run/RunDialogs.tsx';
import { areOfSeveral, type TableRuns } from '../run/table-runs.ts';
import type { OpenDialog } from '../run/useRunActions.ts';
import { useSession } from '../session/useSession.ts';
import { byRun } from '../versions/by-run.ts';

interface Props {
  runs: TableRuns;
  dialog: OpenDialog;
  onClose: () => void;
}

/** The dialogs of the table of all runs: those of the run that all versions are of, else the one that may be about several. */
export function AllRunsDialogs({ runs, dialog, onClose }: Props) {
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
      {run && !ofSeveral && (
        <RunDialogs
          run={run}
          snapshot={session.storeOf(run.runId).snapshot()}
          dialog={dialog}
          onClose={onClose}
        />
      )}
    </>
  );
}
