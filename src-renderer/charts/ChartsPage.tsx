import { useCallback, useMemo } from 'react';
import type { RunSummary } from '../../shared/model/run.ts';
import { HyperparameterNotes } from '../hyperparameters/HyperparameterNotes.tsx';
import { useHyperparameters } from '../hyperparameters/useHyperparameters.ts';
import { RunDetails } from '../run/RunDetails.tsx';
import { RunNotice } from '../run/RunNotice.tsx';
import type { TableRuns } from '../run/table-runs.ts';
import type { RunActions } from '../run/useRunActions.ts';
import type { RunStore } from '../versions/run-store.ts';
import type { VersionsSnapshot } from '../versions/versions-store.ts';
import { Charts } from './Charts.tsx';
import { type ChartMeasure, chartMeasures } from './chart-measures.ts';
import { measuresUsed } from './chart-preferences.ts';
import { useChartChoice } from './useChartChoice.ts';

interface Props {
  run: RunSummary;
  /** That run alone. */
  runs: TableRuns;
  store: RunStore;
  snapshot: VersionsSnapshot;
  actions: RunActions;
}

/** The versions of a run as charts, of what was measured and of how they were trained. */
export function ChartsPage({ run, runs, store, snapshot, actions }: Props) {
  const { name, mode, source } = run.metric;
  const [charts] = useChartChoice();
  const { ranges } = snapshot.filter;
  const used = useMemo(() => measuresUsed(charts, ranges), [charts, ranges]);
  const trained = useHyperparameters(store, snapshot, used);
  const measures = useMemo(
    () => [...chartMeasures(snapshot.metrics, [{ name, mode, source }]), ...trained],
    [snapshot.metrics, name, mode, source, trained],
  );
  const notes = useCallback(
    (shown: readonly ChartMeasure[]) => (
      <HyperparameterNotes store={store} snapshot={snapshot} measures={shown} />
    ),
    [store, snapshot],
  );
  return (
    <Charts
      runs={runs}
      store={store}
      snapshot={snapshot}
      measures={measures}
      notes={notes}
      notice={<RunNotice run={run} store={store} snapshot={snapshot} actions={actions} />}
      details={<RunDetails run={run} store={store} snapshot={snapshot} actions={actions} />}
    />
  );
}
