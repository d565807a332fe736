import { useDeferredValue, useMemo } from 'react';
import type { VersionsSnapshot } from '../versions/versions-store.ts';
import type { Charted } from './charted.ts';
import { detailOf, useSettled } from './useDetail.ts';
import { useDirections } from './useDirections.ts';
import { useNamedVersions } from './useNamedVersions.ts';
import { useRunKinds } from './useRunKinds.ts';
import { useUsual } from './useUsual.ts';

export type ChartsGiven = Pick<Charted, 'runs' | 'store' | 'snapshot' | 'measures' | 'notes'>;

interface ChartedInTurn {
  /** What the first chart is drawn from: with every keystroke. */
  first: Charted;
  /** What those below it are drawn from: while a query is typed they follow when there is time, and no key waits for them. */
  below: Charted;
}

/** What charts are drawn from. Each is the same object while nothing of it is another. */
export function useCharted(given: ChartsGiven): ChartedInTurn {
  const { snapshot } = given;
  const later = useDeferredValue(snapshot);
  const settled = useSettled(snapshot.shown);
  const first = useChartedOf(given, snapshot, settled);
  const below = useChartedOf(given, snapshot.filter.typing ? later : snapshot, settled);
  return { first, below };
}

function useChartedOf(
  { runs, store, measures, notes }: ChartsGiven,
  snapshot: VersionsSnapshot,
  settled: Uint32Array,
): Charted {
  const directions = useDirections(runs);
  const usual = useUsual(measures, snapshot.list, directions);
  const kinds = useRunKinds(runs, snapshot.list);
  const named = useNamedVersions(runs);
  const detail = detailOf(snapshot.shown, settled);
  return useMemo(
    () => ({ runs, store, snapshot, measures, directions, usual, kinds, named, detail, notes }),
    [runs, store, snapshot, measures, directions, usual, kinds, named, detail, notes],
  );
}
