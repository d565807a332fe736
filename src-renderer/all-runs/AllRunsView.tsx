import { lazy, Suspense, useEffect, useMemo } from 'react';
import { appCommands } from '../palette/app-commands.ts';
import { chosenCommands } from '../palette/chosen-commands.ts';
import { Notice } from '../run/Notice.tsx';
import { NoVersions } from '../run/NoVersions.tsx';
import { useTableRuns } from '../run/useTableRuns.ts';
import { showDetails } from '../run/VersionsDetails.tsx';
import { VersionsPage } from '../run/VersionsPage.tsx';
import { allRunsId, runsTogether } from '../session/session-state.ts';
import { useSession, useSessionState, useVersions } from '../session/useSession.ts';
import { severalRuns } from '../views/saved-views.ts';
import { AllRunsHeader } from './AllRunsHeader.tsx';
import { AllRunsStatus } from './AllRunsStatus.tsx';
import { AllRunsTools } from './AllRunsTools.tsx';
import { findOverallBest } from './overall-best.ts';
import { RunsOverview } from './RunsOverview.tsx';
import { useAllRunsActions } from './useAllRunsActions.ts';
import '../run/run-view.css';

/** Read once the rows are there: nothing of it is needed to show them. */
const AllRunsDialogs = lazy(async () => ({
  default: (await import('./AllRunsDialogs.tsx')).AllRunsDialogs,
}));

const CommandPalette = lazy(async () => ({
  default: (await import('../palette/CommandPalette.tsx')).CommandPalette,
}));

/** The versions of all open runs in one table, but for runs that a person left out. */
export function AllRunsView() {
  const session = useSession();
  const state = useSessionState();
  const store = session.allRuns();
  const snapshot = useVersions(store);
  const { runs: open, leftOut } = state;
  const runs = useTableRuns(useMemo(() => runsTogether({ runs: open, leftOut }), [open, leftOut]));
  const { dialog, actions } = useAllRunsActions(store);
  const bests = runs.all.map((run) => ({
    run,
    name: runs.nameOf(run),
    metric: run.metric,
    best: session.storeOf(run.runId).snapshot().list.best,
  }));
  const overall = findOverallBest(bests);
  const commands = () => [
    ...chosenCommands({ runs, store, session, actions, showDetails: () => showDetails(true) }),
    {
      id: 'these-verify',
      group: 'These runs',
      label: 'Verify these runs',
      run: () => void session.verifyAll(runs.all),
    },
    ...appCommands(session, state),
  ];

  useEffect(() => {
    document.title = 'All open runs – Cairn';
    return () => {
      document.title = 'Cairn';
    };
  }, []);

  return (
    <div className="run-view">
      <main className="run-main all-runs">
        <AllRunsHeader state={state} runs={runs} />
        <VersionsPage
          runs={runs}
          place={{ views: severalRuns, layout: allRunsId }}
          store={store}
          snapshot={snapshot}
          actions={actions}
          bestOfAll={overall.best?.handle ?? null}
          tools={<AllRunsTools runs={runs} snapshot={snapshot} actions={actions} />}
          notice={
            <NoVersions store={store} snapshot={snapshot} isReading={runs.all.some(({ loading }) => loading)}>
              <Notice title="No versions yet">
                None of these runs has a version. The first one will appear here as soon as it is saved.
              </Notice>
            </NoVersions>
          }
          overview={{
            title: 'These runs',
            body: <RunsOverview bests={bests} overall={overall} snapshot={snapshot} store={store} />,
          }}
        />
      </main>
      <AllRunsStatus runs={runs.all} total={snapshot.total} />
      <Suspense>
        <AllRunsDialogs runs={runs} dialog={dialog} onClose={actions.close} />
        <CommandPalette commands={commands} />
      </Suspense>
    </div>
  );
}
