import { useMemo } from 'react';
import { RankingWarnings } from '../best/RankingWarnings.tsx';
import { useRankingWarnings } from '../best/useRankingWarnings.ts';
import { metricOfColumn } from '../table/columns.ts';
import type { TableLayout } from '../table/table-layout.ts';
import type { VersionsSnapshot } from '../versions/versions-store.ts';
import type { TableRuns } from './table-runs.ts';

interface Props {
  runs: TableRuns;
  layout: Pick<TableLayout, 'sort'>;
  snapshot: Pick<VersionsSnapshot, 'list' | 'shown' | 'total'>;
}

/** Above a table: that what it shows was not measured alike by the metric that it is sorted by. */
export function SortWarnings({ runs, layout: { sort }, snapshot: { list, shown, total } }: Props) {
  const filtered = shown.length < total ? shown : null;
  const compared = useMemo(
    () => ({
      runs: runs.all,
      handles: () => filtered && Array.from(filtered).flatMap((slot) => list.rowIn(slot)?.handle ?? []),
    }),
    [runs.all, list, filtered],
  );
  const metric = sort && metricOfColumn(sort.id);
  const warnings = useRankingWarnings(compared, metric, sort?.desc ? 'max' : 'min');
  if (warnings.length === 0) return null;
  return (
    <div className="sort-warnings">
      <RankingWarnings warnings={warnings} />
    </div>
  );
}
