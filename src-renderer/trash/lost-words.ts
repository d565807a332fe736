import type { RunSummary } from '../../shared/model/run.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { type Lost, whatIsLost } from '../../shared/query/what-is-lost.ts';
import { versionLabel } from '../format/format-version.ts';
import { metricLabel } from '../format/metric-label.ts';
import { byRun } from '../versions/by-run.ts';

/** What each run of these versions loses where they go, by its handle; runs that lose nothing of note are left out. */
export function lostByRun(
  all: Iterable<VersionRow>,
  going: readonly VersionRow[],
): ReadonlyMap<string, Lost> {
  const handles = new Set(going.map(({ handle }) => handle));
  const runs = new Set(going.map(({ runId }) => runId));
  const concerned = byRun([...all].filter(({ runId }) => runs.has(runId)));
  const lost = new Map<string, Lost>();
  for (const [runId, rows] of concerned) {
    const leaving = rows.map(({ handle, is_best, integrity }) => ({
      isBest: is_best,
      state: integrity.state,
      isGoing: handles.has(handle),
    }));
    const found = whatIsLost(leaving);
    if (found) lost.set(runId, found);
  }
  return lost;
}

/** The same in sentences. @param going the versions of the run that go */
export function lostWords(
  { best, left }: Lost,
  going: readonly VersionRow[],
  metric: RunSummary['metric'] | null,
): string {
  return [best ? bestWords(going, metric) : [], leftWords[left](going.length)].flat().join(' ');
}

function bestWords(going: readonly VersionRow[], metric: RunSummary['metric'] | null): string {
  const by = metric ? ` by ${metricLabel(metric.name)}` : '';
  const best = going.find(({ is_best }) => is_best);
  if (!best || going.length === 1) return `It is the best${by}.`;
  return `${versionLabel(best)}, the best${by}, is among them.`;
}

const leftWords: Record<Lost['left'], (going: number) => string[]> = {
  intact: () => [],
  broken: () => ['No version that is left is intact.'],
  none: (going) => [
    going === 1 ? 'It is the only version of the run.' : 'No version is left in the run then.',
  ],
};
