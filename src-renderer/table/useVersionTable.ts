import {
  columnOrderingFeature,
  columnResizingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  functionalUpdate,
  metaHelper,
  type ReactTable,
  rowSortingFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { useMemo } from 'react';
import type { TableColumn } from './columns.ts';
import { narrowOrder } from './narrow-order.ts';
import { completeOrder, minimumWidth, pinnedFirst, type TableLayout } from './table-layout.ts';
import { useIsNarrow, useNarrowWidths } from './useIsNarrow.ts';

const features = tableFeatures({
  columnOrderingFeature,
  columnResizingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  rowSortingFeature,
  columnMeta: metaHelper<{ column: TableColumn }>(),
});

export type VersionTableModel = ReactTable<typeof features, never>;
export type HeaderModel = ReturnType<VersionTableModel['getFlatHeaders']>[number];

/** TanStack owns the columns. The rows never pass through it: 100,000 row objects per change would be too dear. */
const noRows: never[] = [];

interface Arrangement {
  columns: readonly TableColumn[];
  layout: TableLayout;
  changeLayout: (change: (layout: TableLayout) => TableLayout) => void;
  /** Shown whatever the layout says. */
  alsoShown: ReadonlySet<string>;
}

/** The column model of the table: order, visibility, widths and sort as the layout has them. */
export function useVersionTable({
  columns,
  layout,
  changeLayout,
  alsoShown,
}: Arrangement): VersionTableModel {
  const narrow = useNarrowWidths(columns, layout.visible);
  const definitions = useMemo(
    () => columns.map((column) => define(column, narrow.get(column.id) ?? column.width)),
    [columns, narrow],
  );
  const isNarrow = useIsNarrow(columns, layout.visible);
  const state = useMemo(
    () => stateOf(columns, layout, alsoShown, isNarrow),
    [columns, layout, alsoShown, isNarrow],
  );
  return useTable({
    features,
    columns: definitions,
    data: noRows,
    state,
    columnResizeMode: 'onChange',
    manualSorting: true,
    enableMultiSort: false,
    onColumnOrderChange: (updater) =>
      changeLayout((old) => ({ ...old, order: functionalUpdate(updater, state.columnOrder) })),
    onColumnVisibilityChange: (updater) =>
      changeLayout((old) => {
        const changed = Object.entries(functionalUpdate(updater, state.columnVisibility)).filter(
          ([id, visible]) => visible !== state.columnVisibility[id],
        );
        return { ...old, visible: new Map([...old.visible, ...changed]) };
      }),
    onColumnSizingChange: (updater) =>
      changeLayout((old) => ({
        ...old,
        widths: new Map(Object.entries(functionalUpdate(updater, state.columnSizing))),
      })),
    onSortingChange: (updater) =>
      changeLayout((old) => ({ ...old, sort: functionalUpdate(updater, state.sorting)[0] ?? null })),
  });
}

function define(column: TableColumn, size: number) {
  return {
    id: column.id,
    accessorFn: () => null,
    header: column.label,
    size,
    minSize: minimumWidth,
    // Whoever sorts by a metric looks for the best.
    sortDescFirst: column.better === 'max',
    meta: { column },
  };
}

/** Ids lead with `metric:` where a name comes from a file, so no such name is the key of an object by itself. */
function stateOf(
  columns: readonly TableColumn[],
  layout: TableLayout,
  alsoShown: ReadonlySet<string>,
  isNarrow: boolean,
) {
  const ids = (isNarrow && layout.order.length === 0 ? narrowOrder(columns) : columns).map(({ id }) => id);
  const shown = columns.map(
    ({ id, shown: byDefault }) => [id, alsoShown.has(id) || (layout.visible.get(id) ?? byDefault)] as const,
  );
  return {
    columnOrder: pinnedFirst(completeOrder(layout.order, ids), layout.pinned),
    columnVisibility: Object.fromEntries(shown),
    columnSizing: Object.fromEntries(layout.widths),
    sorting: layout.sort ? [layout.sort] : [],
  };
}
