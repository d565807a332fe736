// biome-ignore-all lint/a11y/useSemanticElements: rows out of view do not exist, so this cannot be a <table>
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
import { memo } from 'react';
import type { VersionRow } from '../../shared/model/version-row.ts';
import type { TableColumn } from './columns.ts';
import { TableCell } from './TableCell.tsx';

interface Props {
  row: VersionRow;
  columns: readonly TableColumn[];
  pinnedCount: number;
  best: string;
  /** Where it stands among the shown rows, from 0. */
  index: number;
  selected: boolean;
  focused: boolean;
  copied: boolean;
}

/** One version. Rendered again only when something of its own changed. */
export const TableRow = memo(function TableRow({
  row,
  columns,
  pinnedCount,
  best,
  index,
  selected,
  focused,
  copied,
}: Props) {
  return (
    <div
      role="row"
      id={rowElementId(row.handle)}
      className="row"
      draggable
      aria-rowindex={index + 2}
      aria-selected={selected}
      data-handle={row.handle}
      data-version-id={row.id}
      data-focused={focused || undefined}
      data-best={row.is_best || undefined}
      data-latest={row.is_latest || undefined}
    >
      {columns.map((column, position) => (
        <TableCell
          key={column.id}
          column={column}
          index={position}
          pinnedCount={pinnedCount}
          row={row}
          best={best}
          selected={selected}
          copied={copied}
        />
      ))}
    </div>
  );
});

export function rowElementId(handle: number): string {
  return `version-${handle}`;
}
