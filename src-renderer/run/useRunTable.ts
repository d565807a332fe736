import { useLayoutEffect, useMemo } from 'react';
import type { RunSummary } from '../../shared/model/run.ts';
import { buildColumns, type TableColumn } from '../table/columns.ts';
import { type Grouping, groupingOf } from '../table/groupings.ts';
import type { TableLayout } from '../table/table-layout.ts';
import { useTableLayout } from '../table/useTableLayout.ts';
import { useVersionTable, type VersionTableModel } from '../table/useVersionTable.ts';
import type { RunSnapshot, RunStore } from '../versions/run-store.ts';

const nothing: ReadonlySet<string> = new Set();
const finding: ReadonlySet<string> = new Set(['finding']);

/** The table of a run as its user arranged it. */
export interface RunTable {
  table: VersionTableModel;
  columns: readonly TableColumn[];
  /** What its rows are grouped by. */
  grouping: Grouping | null;
  layout: TableLayout;
  changeLayout: (change: (layout: TableLayout) => TableLayout) => void;
}

/** The columns of a run as its user arranged them; the rows are sorted and grouped to match. */
export function useRunTable(
  store: RunStore,
  { metrics, filter }: RunSnapshot,
  { metric }: RunSummary,
): RunTable {
  const { name, mode, source } = metric;
  const columns = useMemo(() => buildColumns(metrics, { name, mode, source }), [metrics, name, mode, source]);
  const names = useMemo(() => metrics.map((one) => one.name), [metrics]);
  const [layout, changeLayout] = useTableLayout(names);
  const table = useVersionTable({
    columns,
    layout,
    changeLayout,
    alsoShown: filter.onlyProblems ? finding : nothing,
  });

  const sorted = layout.sort && columns.find(({ id }) => id === layout.sort?.id);
  const sortId = sorted?.id ?? null;
  const descending = layout.sort?.desc ?? false;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a column's sort value changes only with its id
  useLayoutEffect(() => {
    store.setSort(sorted ? { value: sorted.sort, direction: descending ? 'desc' : 'asc' } : null);
  }, [store, sortId, descending]);

  const grouping = useMemo(() => groupingOf(layout.group, columns), [layout.group, columns]);
  const groupId = grouping?.id ?? null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what a grouping goes by changes only with its id
  useLayoutEffect(() => {
    store.setGrouping(grouping?.by ?? null);
  }, [store, groupId]);

  return { table, columns, grouping, layout, changeLayout };
}
