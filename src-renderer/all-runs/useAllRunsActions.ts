import { useMemo, useState } from 'react';
import type { OpenDialog, RunActions } from '../run/useRunActions.ts';
import { keepPage } from '../session/kept-view.ts';
import { useSession } from '../session/useSession.ts';
import { trashVersions } from '../trash/trash-versions.ts';
import { handlesOf } from '../versions/by-run.ts';
import type { RunsStore } from '../versions/runs-store.ts';
import { chosenRows } from '../versions/versions-store.ts';

interface AllRunsParts {
  dialog: OpenDialog;
  actions: RunActions;
}

/** What can be done from the table of all runs. Pages are pages of a run: it is shown with what is chosen of it. */
export function useAllRunsActions(store: RunsStore): AllRunsParts {
  const session = useSession();
  const [dialog, setDialog] = useState<OpenDialog>({ kind: null, opened: false, rows: [] });
  const actions = useMemo<RunActions>(
    () => ({
      show: (page) => {
        const rows = chosenRows(store.snapshot());
        const [row] = rows;
        if (!row) return;
        const own = rows.filter(({ runId }) => runId === row.runId);
        session.storeOf(row.runId).showVersion(row.handle, handlesOf(own));
        keepPage(row.runId, page);
        session.show(row.runId);
      },
      open: (kind, rows = []) => setDialog({ kind, opened: true, rows }),
      close: () => setDialog((open) => ({ ...open, opened: false })),
      trash: (rows) => void trashVersions(store, rows),
    }),
    [session, store],
  );
  return { dialog, actions };
}
