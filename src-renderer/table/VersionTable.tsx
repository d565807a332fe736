// biome-ignore-all lint/a11y/useSemanticElements: rows out of view do not exist, so this cannot be a <table>
import { type MouseEvent, type RefObject, useMemo } from 'react';
import type { TableRuns } from '../run/table-runs.ts';
import type { Cursor } from '../versions/cursor.ts';
import type { VersionsSnapshot, VersionsStore } from '../versions/versions-store.ts';
import { tableLabel } from './columns.ts';
import { groupElementId } from './GroupRow.tsx';
import { gridStyle, rowHeights } from './geometry.ts';
import { GroupSummaries } from './group-summaries.ts';
import type { Grouping } from './groupings.ts';
import { VersionColumnWidth } from './name-room.ts';
import { TableHeader } from './TableHeader.tsx';
import { rowElementId } from './TableRow.tsx';
import { TableRows } from './TableRows.tsx';
import type { TableLayout } from './table-layout.ts';
import { useCursorInView } from './useCursorInView.ts';
import { useScrollAnchor } from './useScrollAnchor.ts';
import { useTableKeys } from './useTableKeys.ts';
import type { VersionTableModel } from './useVersionTable.ts';
import './table.css';

/** How much further in rows of a group begin, in pixels; group-row.css has the same. */
const groupIndent = 12;

interface Props {
  store: VersionsStore;
  snapshot: VersionsSnapshot;
  table: VersionTableModel;
  layout: TableLayout;
  grouping: Grouping | null;
  runs: TableRuns;
  /** The best version of all its runs, where there is such a thing. */
  bestOfAll: number | null;
  scroller: RefObject<HTMLDivElement | null>;
  onOpenDetails: () => void;
  onDeed: (key: string) => boolean;
  onEdit: (column: string) => void;
  /** A menu was asked for: of what is under the pointer, or of what the keyboard is on. */
  onMenu: (event: MouseEvent | null) => void;
}

export function VersionTable({
  store,
  snapshot,
  table,
  layout,
  grouping,
  runs,
  bestOfAll,
  scroller,
  ...on
}: Props) {
  const { list, shown, cursor } = snapshot;
  const models = table.getVisibleLeafColumns();
  const columns = useMemo(() => models.flatMap(({ columnDef }) => columnDef.meta?.column ?? []), [models]);
  const pinnedCount = models.filter(({ id }) => layout.pinned.includes(id)).length;
  const rowHeight = rowHeights[layout.density];
  // biome-ignore lint/correctness/useExhaustiveDependencies: what ranks the runs changes only with their key
  const summaries = useMemo(() => new GroupSummaries(list, (row) => runs.metricOf(row)), [list, runs.key]);
  const arrangement = `${JSON.stringify(layout.sort)} ${layout.group}`;
  const scrolled = useScrollAnchor(scroller, store, snapshot, { arrangement, rowHeight });
  useCursorInView(scroller, store, snapshot, rowHeight);
  const press = useTableKeys(store, rowHeight, { ...on, onMenu: () => on.onMenu(null) });
  const menu = (event: MouseEvent) => {
    event.preventDefault();
    on.onMenu(event);
  };

  return (
    <div
      ref={scroller}
      role="grid"
      className="version-table"
      tabIndex={0}
      aria-multiselectable
      aria-label={tableLabel(shown.length)}
      aria-rowcount={list.lineCount + 1}
      aria-colcount={columns.length}
      aria-activedescendant={elementIdOf(cursor)}
      data-density={layout.density}
      data-grouped={grouping !== null || undefined}
      style={gridStyle(
        models.map((column) => column.getSize()),
        pinnedCount,
        rowHeight,
      )}
      onScroll={scrolled}
      onKeyDown={press}
      onContextMenu={menu}
    >
      <div className="table-width" style={{ minWidth: table.getTotalSize() }}>
        <TableHeader table={table} columns={columns} pinnedCount={pinnedCount} scroller={scroller} />
        <VersionColumnWidth
          value={(table.getColumn('version')?.getSize() ?? 0) - (grouping === null ? 0 : groupIndent)}
        >
          <TableRows
            store={store}
            snapshot={snapshot}
            columns={columns}
            pinnedCount={pinnedCount}
            rowHeight={rowHeight}
            grouping={grouping}
            summary={layout.summary}
            summaries={summaries}
            runs={runs}
            bestOfAll={bestOfAll}
            scroller={scroller}
            onOpenDetails={on.onOpenDetails}
            onEdit={on.onEdit}
          />
        </VersionColumnWidth>
      </div>
    </div>
  );
}

function elementIdOf(cursor: Cursor | null): string | undefined {
  if (cursor === null) return undefined;
  return 'handle' in cursor ? rowElementId(cursor.handle) : groupElementId(cursor.group);
}
