import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { ChartMeasure } from '../charts/chart-measures.ts';
import type { RunStore } from '../versions/run-store.ts';
import type { VersionsSnapshot } from '../versions/versions-store.ts';
import { hyperparameterMeasures } from './hyperparameter-measures.ts';
import { hyperparametersOf, isHyperparameter } from './run-hyperparameters.ts';

/** In milliseconds. */
const patience = 1500;

/** What versions were trained with as measures. Those that are used are read. @param used ids of measures, whatever they are of */
export function useHyperparameters(
  store: RunStore,
  snapshot: VersionsSnapshot,
  used: readonly string[],
): ChartMeasure[] {
  const run = hyperparametersOf(store);
  const { found } = useSyncExternalStore(run.subscribe, run.snapshot);
  const scales = (found ?? []).map(({ name }) => run.column(name).scale).join(' ');
  // biome-ignore lint/correctness/useExhaustiveDependencies: with what is read, scales may change
  const measures = useMemo(() => hyperparameterMeasures(run), [run, found, scales]);
  const { loading } = snapshot;
  const isUsed = used.some(isHyperparameter);
  useEffect(() => {
    if (loading) return undefined;
    // The charts come first: which there are is for a list that somebody may open.
    const idle = requestIdleCallback(() => void run.find(), { timeout: isUsed ? 1 : patience });
    return () => cancelIdleCallback(idle);
  }, [run, loading, isUsed]);
  useEffect(() => {
    run.want(
      measures.filter(({ id }) => used.includes(id)).flatMap(({ hyperparameter }) => hyperparameter ?? []),
    );
  }, [run, measures, used]);
  return measures;
}
