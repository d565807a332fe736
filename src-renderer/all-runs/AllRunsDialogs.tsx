import { useMounted } from '@mantine/hooks';
import { BackUpDialog } from '../backups/BackUpDialog.tsx';
import { CompareDialog } from '../compare/CompareDialog.tsx';
import type { TableRuns } from '../run/table-runs.ts';
import type { OpenDialog } from '../run/useRunActions.ts';
import { useSession } from '../session/useSession.ts';
import { byRun } from '../versions/by-run.ts';

interface Props {
  runs: TableRuns;
  dialog: OpenDialog;
  onClose: () => void;
}

/** The dialogs of the table of all runs: about versions of several runs, or of the one that they are all of. */
export function AllRunsDialogs({ runs, dialog, onClose }: Props) {
  const session = useSession();
  const { kind, opened, rows } = dialog;
  const [row = null, other = null] = rows;
  const run = row && runs.of(row);
  // A dialog gives the focus back only where it has seen itself closed: this code may come after the click.
  const mounted = useMounted();
  const parts = [...byRun(rows).values()].flatMap((own) => {
    const ofThese = own[0] && runs.of(own[0]);
    return ofThese ? [{ run: ofThese, rows: own }] : [];
  });
  return (
    <>
      <BackUpDialog parts={parts} opened={mounted && opened && kind === 'backUp'} onClose={onClose} />
      {run && (
        <CompareDialog
          run={run}
          snapshot={session.storeOf(run.runId).snapshot()}
          row={row}
          other={other}
          opened={mounted && opened && kind === 'compare'}
          onClose={onClose}
        />
      )}
    </>
  );
}
