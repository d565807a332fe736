import { useMemo, useState } from 'react';
import { type OpenDialog, type RunActions, type RunPage, runPages } from '../run/useRunActions.ts';
import { keepPage, useKeptPage } from '../session/kept-view.ts';
import { allRunsId } from '../session/session-state.ts';
import { useSession } from '../session/useSession.ts';
import { lostByRun } from '../trash/lost-words.ts';
import { trashVersions } from '../trash/trash-versions.ts';
import { handlesOf } from '../versions/by-run.ts';
import type { RunsStore } from '../versions/runs-store.ts';
import { chosenRows } from '../versions/versions-store.ts';

const ofSeveral: ReadonlySet<RunPage> = new Set(['versions', 'charts', 'sideBySide']);

/** The pages that show versions of several runs, in the order of their tabs. */
export const allRunsPages = runPages.filter(({ value }) => ofSeveral.has(value));

const isOfAllRuns = (page: RunPage) => allRunsPages.some(({ value }) => value === page);

interface AllRunsParts {
  page: RunPage;
  dialog: OpenDialog;
  actions: RunActions;
}

/** What can be done from the table of all runs. A page that is of one run alone is shown there, with what is chosen of it. */
export function useAllRunsActions(store: RunsStore): AllRunsParts {
  const session = useSession();
  const kept = useKeptPage(allRunsId);
  const page = allRunsPages.find(({ value }) => value === kept)?.value ?? 'versions';
  const [dialog, setDialog] = useState<OpenDialog>({ kind: null, opened: false, rows: [] });
  const actions = useMemo<RunActions>(
    () => ({
      show: (page) => {
        if (isOfAllRuns(page)) return keepPage(allRunsId, page);
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
      trash: (rows) => {
        if (lostByRun(store.snapshot().list.rows(), rows).size === 0) void trashVersions(store, rows);
        else setDialog({ kind: 'trash', opened: true, rows });
      },
      trashUnasked: (rows) => void trashVersions(store, rows),
    }),
    [session, store],
  );
  return { page, dialog, actions };
}
