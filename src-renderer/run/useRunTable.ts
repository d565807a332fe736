import { useLayoutEffect, useMemo } from 'react';
import { agreedDirection } from '../../shared/model/metric.ts';
import { layoutKey } from '../app/preferences.ts';
import { buildColumns, type TableColumn } from '../table/columns.ts';
import { type Grouping, groupingOf } from '../table/groupings.ts';
import type { TableLayout } from '../table/table-layout.ts';
import { useTableLayout } from '../table/useTableLayout.ts';
import { useVersionTable, type VersionTableModel } from '../table/useVersionTable.ts';
import type { MetricCatalog, MetricInfo } from '../versions/metric-catalog.ts';
import type { VersionsSnapshot, VersionsStore } from '../versions/versions-store.ts';
import type { TableRuns } from './table-runs.ts';

/** What views and the layout of a table are kept under. */
export interface Place {
  views: string;
  layout: string | null;
}

const nothing: ReadonlySet<string> = new Set();
const finding: ReadonlySet<string> = new Set(['finding']);

/** A table of versions as its user arranged it. */
export interface RunTable {
  table: VersionTableModel;
  columns: readonly TableColumn[];
  /** What its rows are grouped by. */
  grouping: Grouping | null;
  layout: TableLayout;
  changeLayout: (change: (layout: TableLayout) => TableLayout) => void;
}

/**
 * The columns of a table as its user arranged them; the rows are sorted and grouped to match.
 * @param place `layout` is what the arrangement is kept under; null for that of a run, which runs with these metrics share
 */
export function useRunTable(
  store: VersionsStore,
  { metrics, filter, list }: VersionsSnapshot,
  runs: TableRuns,
  { views: folder, layout: layoutName }: Place,
): RunTable {
  const { hasReward, isRewardLong, lacking } = list.metrics;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what runs are called and ranked by changes only with their key
  const columns = useMemo(
    () => columnsOf(metrics, runs, { areSeveral: layoutName !== null, hasReward, isRewardLong, lacking }),
    [metrics, runs.key, layoutName, hasReward, isRewardLong, lacking],
  );
  const layoutsOf = useMemo(
    () => (layoutName === null ? [layoutKey(metrics.map((one) => one.name)), folder] : [layoutName]),
    [layoutName, folder, metrics],
  );
  const [layout, changeLayout] = useTableLayout(layoutsOf);
  const table = useVersionTable({
    columns,
    layout,
    changeLayout,
    alsoShown: filter.onlyProblems ? finding : nothing,
  });

  const sorted = layout.sort && columns.find(({ id }) => id === layout.sort?.id);
  const sortId = sorted?.id ?? null;
  const namesKey = sortId === 'run' || layout.group === 'run' ? runs.key : '';
  const descending = layout.sort?.desc ?? false;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what runs are called changes only with their key
  useLayoutEffect(() => store.setRunNames(runs.names), [store, runs.key]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a column's sort value changes only with its id, and that of runs with their names
  useLayoutEffect(() => {
    store.setSort(sorted ? { value: sorted.sort, direction: descending ? 'desc' : 'asc' } : null);
  }, [store, sortId, descending, namesKey]);

  const grouping = useMemo(() => groupingOf(layout.group, columns), [layout.group, columns]);
  const groupId = grouping?.id ?? null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what a grouping goes by changes only with its id, and that of runs with their names
  useLayoutEffect(() => {
    store.setGrouping(grouping?.by ?? null);
  }, [store, groupId, namesKey]);

  return { table, columns, grouping, layout, changeLayout };
}

function columnsOf(
  metrics: readonly MetricInfo[],
  runs: TableRuns,
  {
    areSeveral,
    ...found
  }: { areSeveral: boolean } & Pick<MetricCatalog, 'hasReward' | 'isRewardLong' | 'lacking'>,
): readonly TableColumn[] {
  const selections = runs.all.map(({ metric }) => metric);
  return buildColumns(metrics, selections, {
    runOf: areSeveral ? (row) => runs.nameOf(row) : null,
    betterEnd: (metric) => agreedDirection(metric, runs.all),
    ...found,
  });
}
