import { type ReactNode, useMemo } from 'react';
import type { TableRuns } from '../run/table-runs.ts';
import type { RunsStore } from '../versions/runs-store.ts';
import type { VersionsSnapshot } from '../versions/versions-store.ts';
import { Charts } from './Charts.tsx';
import { chartMeasures } from './chart-measures.ts';

interface Props {
  runs: TableRuns;
  store: RunsStore;
  snapshot: VersionsSnapshot;
  notice: ReactNode;
  details: ReactNode;
}

/** The versions of several runs in the same charts, coloured by run. How they were trained is shown of each run by itself. */
export function AllRunsCharts({ runs, store, snapshot, notice, details }: Props) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: what ranks runs changes only with their key
  const measures = useMemo(
    () =>
      chartMeasures(
        snapshot.metrics,
        runs.all.map(({ metric }) => metric),
      ),
    [snapshot.metrics, runs.key],
  );
  return (
    <Charts
      runs={runs}
      store={store}
      snapshot={snapshot}
      measures={measures}
      notes={noNotes}
      notice={notice}
      details={details}
    />
  );
}

const noNotes = () => null;
