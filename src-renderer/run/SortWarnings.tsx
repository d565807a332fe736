import { RankingWarnings } from '../best/RankingWarnings.tsx';
import { useRankingWarnings } from '../best/useRankingWarnings.ts';
import { metricOfColumn } from '../table/columns.ts';
import type { TableLayout } from '../table/table-layout.ts';
import type { TableRuns } from './table-runs.ts';

interface Props {
  runs: TableRuns;
  layout: Pick<TableLayout, 'sort'>;
}

/** Above a table: that what it is sorted by was not measured alike. */
export function SortWarnings({ runs, layout: { sort } }: Props) {
  const metric = sort && metricOfColumn(sort.id);
  const warnings = useRankingWarnings(runs.all, metric, sort?.desc ? 'max' : 'min');
  if (warnings.length === 0) return null;
  return (
    <div className="sort-warnings">
      <RankingWarnings warnings={warnings} />
    </div>
  );
}
