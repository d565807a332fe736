import { useMemo } from 'react';
import { useChartColours } from '../plot/chart-colours.ts';
import { kindColours } from '../plot/kind-colours.ts';
import type { Kinds } from '../plot/kinds.ts';
import type { TableRuns } from '../run/table-runs.ts';
import type { VersionList } from '../versions/version-list.ts';

/** The runs that versions are of, as colours; null where there is one alone. */
export function useRunKinds(runs: TableRuns, list: VersionList): Kinds | null {
  const { scheme } = useChartColours();
  const { all, areSeveral } = runs;
  const ids = all.map(({ runId }) => runId);
  const of = areSeveral
    ? list.numbers({
        id: `run of ${ids.join(' ')}`,
        of: ({ runId }) => ids.indexOf(runId),
      })
    : null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what runs are called changes only with their key
  return useMemo(
    () => of && { of, names: all.map((run) => runs.nameOf(run)), colours: kindColours(all.length, scheme) },
    [of, runs.key, scheme],
  );
}
