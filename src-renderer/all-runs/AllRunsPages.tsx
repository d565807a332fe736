import type { Ref } from 'react';
import { mostCompared } from '../../shared/comparison/compare-versions.ts';
import type { RunSummary } from '../../shared/model/run.ts';
import type { TablePalette } from '../palette/palette-command.ts';
import { AllRunsCharts, SideBySidePage } from '../run/load-pages.ts';
import { Notice } from '../run/Notice.tsx';
import { NoVersions } from '../run/NoVersions.tsx';
import type { TableRuns } from '../run/table-runs.ts';
import type { RunActions, RunPage } from '../run/useRunActions.ts';
import { VersionsDetails } from '../run/VersionsDetails.tsx';
import { VersionsPage } from '../run/VersionsPage.tsx';
import { allRunsId } from '../session/session-state.ts';
import { TabStrip } from '../tabs/TabStrip.tsx';
import type { RunsStore } from '../versions/runs-store.ts';
import type { VersionsSnapshot } from '../versions/versions-store.ts';
import { severalRuns } from '../views/saved-views.ts';
import { AllRunsTools } from './AllRunsTools.tsx';
import { findOverallBest, type RunBest } from './overall-best.ts';
import { RunsOverview } from './RunsOverview.tsx';
import { allRunsPages } from './useAllRunsActions.ts';

interface Props {
  page: RunPage;
  runs: TableRuns;
  /** The best of each run. */
  bests: readonly (RunBest & { run: RunSummary })[];
  store: RunsStore;
  snapshot: VersionsSnapshot;
  actions: RunActions;
  palette: Ref<TablePalette>;
}

/** The versions of all runs in one table, as charts, or those that are chosen side by side. */
export function AllRunsPages({ page, runs, bests, store, snapshot, actions, palette }: Props) {
  const overall = findOverallBest(bests);
  const overview = {
    title: 'These runs',
    body: <RunsOverview bests={bests} overall={overall} snapshot={snapshot} store={store} />,
  };
  const shown = { runs, store, snapshot, actions };
  const notice = <NothingThere runs={runs} store={store} snapshot={snapshot} />;
  return (
    <>
      <TabStrip
        name="run"
        label="Pages of these runs"
        tabs={allRunsPages}
        value={page}
        onChange={actions.show}
      />
      <div id="run-panel" className="run-panel" role="tabpanel" aria-labelledby={`run-tab-${page}`}>
        {page === 'sideBySide' && (
          <SideBySidePage
            {...shown}
            offer={{
              words: 'Compare the best of each run',
              rows: bests.flatMap(({ best }) => best ?? []).slice(0, mostCompared),
            }}
          />
        )}
        {page === 'charts' && (
          <AllRunsCharts
            runs={runs}
            store={store}
            snapshot={snapshot}
            notice={notice}
            details={<VersionsDetails {...shown} overview={overview} />}
          />
        )}
        {page === 'versions' && (
          <VersionsPage
            {...shown}
            place={{ views: severalRuns, layout: allRunsId }}
            bestOfAll={overall.best?.handle ?? null}
            tools={<AllRunsTools runs={runs} total={snapshot.total} />}
            notice={notice}
            overview={overview}
            palette={palette}
          />
        )}
      </div>
    </>
  );
}

function NothingThere({ runs, store, snapshot }: Pick<Props, 'runs' | 'store' | 'snapshot'>) {
  return (
    <NoVersions store={store} snapshot={snapshot} isReading={runs.all.some(({ loading }) => loading)}>
      <Notice title="No versions yet">
        None of these runs has a version. The first one will appear here as soon as it is saved.
      </Notice>
    </NoVersions>
  );
}
