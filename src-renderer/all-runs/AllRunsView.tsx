import { useEffect, useMemo, useRef } from 'react';
import { onDemand } from '../app/on-demand.tsx';
import { appCommands } from '../palette/app-commands.ts';
import { chosenCommands } from '../palette/chosen-commands.ts';
import { Palette } from '../palette/Palette.tsx';
import type { TablePalette } from '../palette/palette-command.ts';
import { useTableRuns } from '../run/useTableRuns.ts';
import { showDetails } from '../run/VersionsDetails.tsx';
import { runsTogether } from '../session/session-state.ts';
import { useSession, useSessionState, useVersions } from '../session/useSession.ts';
import { AllRunsHeader } from './AllRunsHeader.tsx';
import { AllRunsPages } from './AllRunsPages.tsx';
import { AllRunsStatus } from './AllRunsStatus.tsx';
import { useAllRunsActions } from './useAllRunsActions.ts';
import '../run/run-view.css';

/** Read once the rows are there: nothing of it is needed to show them. */
const AllRunsDialogs = onDemand(async () => (await import('./AllRunsDialogs.tsx')).AllRunsDialogs);

/** The versions of all open runs in one table, but for runs that a person left out. */
export function AllRunsView() {
  const session = useSession();
  const state = useSessionState();
  const store = session.allRuns();
  const snapshot = useVersions(store);
  const { runs: open, leftOut } = state;
  const runs = useTableRuns(useMemo(() => runsTogether({ runs: open, leftOut }), [open, leftOut]));
  const { page, dialog, actions } = useAllRunsActions(store);
  const table = useRef<TablePalette>(null);
  const bests = runs.all.map((run) => ({
    run,
    name: runs.nameOf(run),
    metric: run.metric,
    best: session.storeOf(run.runId).snapshot().list.best,
  }));
  const commands = () => [
    ...chosenCommands({
      runs,
      store,
      session,
      actions,
      showDetails: () => {
        actions.show('versions');
        showDetails(true);
      },
    }),
    {
      id: 'these-verify',
      group: 'These runs',
      label: 'Verify these runs',
      run: () => void session.verifyAll(runs.all),
    },
    ...appCommands(session, state),
    ...(table.current?.() ?? []),
  ];

  useEffect(() => {
    document.title = 'All open runs – Cairn';
    return () => {
      document.title = 'Cairn';
    };
  }, []);

  return (
    <div className="run-view">
      <main className="run-main">
        <AllRunsHeader state={state} runs={runs} />
        <AllRunsPages
          page={page}
          runs={runs}
          bests={bests}
          store={store}
          snapshot={snapshot}
          actions={actions}
          palette={table}
        />
      </main>
      <AllRunsStatus runs={runs.all} total={snapshot.total} />
      <AllRunsDialogs
        runs={runs}
        list={snapshot.list}
        dialog={dialog}
        onClose={actions.close}
        onTrash={actions.trashUnasked}
      />
      <Palette commands={commands} />
    </div>
  );
}
