// biome-ignore-all lint/a11y/useSemanticElements: rows out of view do not exist, so this cannot be a <table>
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
import type { RefObject } from 'react';
import type { TableColumn } from './columns.ts';
import { HeaderCell } from './HeaderCell.tsx';
import { measureColumn } from './measure-column.ts';
import { clampWidth, moveBeside } from './table-layout.ts';
import { useHeadKeys } from './useHeadKeys.ts';
import type { VersionTableModel } from './useVersionTable.ts';

interface Props {
  table: VersionTableModel;
  columns: readonly TableColumn[];
  pinnedCount: number;
  scroller: RefObject<HTMLDivElement | null>;
}

export function TableHeader({ table, columns, pinnedCount, scroller }: Props) {
  const { row, tabIndexOf } = useHeadKeys(columns.map(({ id }) => id));
  const resize = (id: string, width: number) => table.setColumnSizing((old) => ({ ...old, [id]: width }));
  const move = (id: string, target: string) => table.setColumnOrder((old) => moveBeside(old, id, target));
  const step = (id: string, by: -1 | 1) => {
    const target = columns[columns.findIndex((column) => column.id === id) + by];
    if (target) move(id, target.id);
  };
  const fit = (id: string) => {
    const position = columns.findIndex((column) => column.id === id);
    if (scroller.current) resize(id, clampWidth(measureColumn(scroller.current, position)));
  };
  return (
    <div role="rowgroup" className="table-head">
      <div role="row" className="head-row" aria-rowindex={1} {...row}>
        {table.getFlatHeaders().map((header, index) => {
          const column = columns[index];
          return (
            column && (
              <HeaderCell
                key={column.id}
                header={header}
                column={column}
                index={index}
                tabIndex={tabIndexOf(column.id)}
                pinnedCount={pinnedCount}
                onMove={move}
                onStep={step}
                onResize={resize}
                onFit={fit}
              />
            )
          );
        })}
      </div>
    </div>
  );
}
