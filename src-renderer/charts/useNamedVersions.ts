import { useMemo } from 'react';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { versionLabel } from '../format/format-version.ts';
import type { TableRuns } from '../run/table-runs.ts';
import { useSession } from '../session/useSession.ts';
import type { NamedVersion } from './charted.ts';

/** What stands out in charts: the best and the latest version of a run; the best of each where there are several. */
export function useNamedVersions(runs: TableRuns): readonly NamedVersion[] {
  const session = useSession();
  const found = runs.all.flatMap((run) => {
    const { best, latest } = session.storeOf(run.runId).snapshot().list;
    return runs.areSeveral
      ? withLabel(best, () => `best of ${shortened(runs.nameOf(run))}`)
      : [...withLabel(best, labelled('best')), ...withLabel(latest, labelled('latest'))];
  });
  const key = found.map(({ row, label }) => `${row.handle} ${label}`).join('\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: they are the same while handles and labels are
  return useMemo(() => found, [key]);
}

function labelled(word: string): (row: VersionRow) => string {
  return (row) => `${word} ${shortened(versionLabel(row))}`;
}

function withLabel(row: VersionRow | null, labelOf: (row: VersionRow) => string): NamedVersion[] {
  return row ? [{ row, label: labelOf(row) }] : [];
}

/** Names may be long; their ends tell them apart. */
function shortened(name: string): string {
  return name.length <= 20 ? name : `…${name.slice(-18)}`;
}
