// biome-ignore-all lint/a11y/useSemanticElements: rows out of view do not exist, so this cannot be a <table>
import { type RefObject, useMemo } from 'react';
import type { VersionRow } from '../../shared/model/version-row.ts';
import type { RunSnapshot, RunStore } from '../versions/run-store.ts';
import { tableLabel } from './columns.ts';
import { gridColumns } from './geometry.ts';
import { TableHeader } from './TableHeader.tsx';
import { rowElementId } from './TableRow.tsx';
import { TableRows } from './TableRows.tsx';
import { useRowKeys } from './useRowKeys.ts';
import { useScrollAnchor } from './useScrollAnchor.ts';
import { useSelectionInView } from './useSelectionInView.ts';
import type { VersionTableModel } from './useVersionTable.ts';
import './table.css';

interface Props {
  store: RunStore;
  snapshot: RunSnapshot;
  table: VersionTableModel;
  best: string;
  scroller: RefObject<HTMLDivElement | null>;
  onOpenDetails: () => void;
  onDelete: (rows: readonly VersionRow[]) => void;
  onEscape: () => void;
}

export function VersionTable({ store, snapshot, table, best, scroller, ...on }: Props) {
  const { shown, selected } = snapshot;
  const models = table.getVisibleLeafColumns();
  const columns = useMemo(() => models.flatMap(({ columnDef }) => columnDef.meta?.column ?? []), [models]);
  const scrolled = useScrollAnchor(scroller, store, snapshot, table.state.sorting[0]);
  useSelectionInView(scroller, snapshot);
  const press = useRowKeys(store, on);

  return (
    <div
      ref={scroller}
      role="grid"
      className="version-table"
      tabIndex={0}
      aria-multiselectable
      aria-label={tableLabel(shown.length)}
      aria-rowcount={shown.length + 1}
      aria-colcount={columns.length}
      aria-activedescendant={selected === null ? undefined : rowElementId(selected)}
      style={{ '--columns': gridColumns(models.map((column) => column.getSize())) }}
      onScroll={scrolled}
      onKeyDown={press}
    >
      <div className="table-width" style={{ minWidth: table.getTotalSize() }}>
        <TableHeader table={table} columns={columns} scroller={scroller} />
        <TableRows
          store={store}
          snapshot={snapshot}
          columns={columns}
          best={best}
          scroller={scroller}
          onOpenDetails={on.onOpenDetails}
        />
      </div>
    </div>
  );
}
