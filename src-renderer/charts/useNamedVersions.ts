import { useMemo } from 'react';
import type { VersionRow } from '../../shared/model/version-row.ts';
import type { TableRuns } from '../run/table-runs.ts';
import { useSession } from '../session/useSession.ts';
import type { NamedVersion } from './charted.ts';

/** What stands out in charts: the best and the latest version of a run; the best of each where there are several. */
export function useNamedVersions(runs: TableRuns): readonly NamedVersion[] {
  const session = useSession();
  const found = runs.all.flatMap((run) => {
    const { best, latest } = session.storeOf(run.runId).snapshot().list;
    return runs.areSeveral
      ? withWord(best, `best of ${runs.nameOf(run)},`)
      : [...withWord(best, 'best'), ...withWord(latest, 'latest')];
  });
  const key = found.map(({ row, word }) => `${row.handle} ${word}`).join('\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: they are the same while handles and words are
  return useMemo(() => found, [key]);
}

function withWord(row: VersionRow | null, word: string): NamedVersion[] {
  return row ? [{ row, word }] : [];
}
