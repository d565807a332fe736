import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { ChartMeasure } from '../charts/chart-measures.ts';
import type { RunSnapshot, RunStore } from '../versions/run-store.ts';
import { hyperparameterMeasures } from './hyperparameter-measures.ts';
import { hyperparametersOf } from './run-hyperparameters.ts';

/** What versions were trained with as measures. Those that are used are read. @param used ids of measures, whatever they are of */
export function useHyperparameters(
  store: RunStore,
  snapshot: RunSnapshot,
  used: readonly string[],
): ChartMeasure[] {
  const run = hyperparametersOf(store);
  const { found } = useSyncExternalStore(run.subscribe, run.snapshot);
  const scales = (found ?? []).map(({ name }) => run.column(name).scale).join(' ');
  // biome-ignore lint/correctness/useExhaustiveDependencies: with what is read, scales may change
  const measures = useMemo(() => hyperparameterMeasures(run), [run, found, scales]);
  useEffect(() => {
    if (!snapshot.loading) void run.find();
  }, [run, snapshot.loading]);
  useEffect(() => {
    run.want(
      measures.filter(({ id }) => used.includes(id)).flatMap(({ hyperparameter }) => hyperparameter ?? []),
    );
  }, [run, measures, used]);
  return measures;
}
