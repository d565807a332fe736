// biome-ignore-all lint/a11y/useSemanticElements: rows out of view do not exist, so this cannot be a <table>
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import type { DragEvent, KeyboardEvent } from 'react';
import type { TableColumn } from './columns.ts';
import { pinOf } from './pin-of.ts';
import { clampWidth } from './table-layout.ts';
import type { HeaderModel } from './useVersionTable.ts';

const dragType = 'application/x-cairn-column';
const ariaSort = { asc: 'ascending', desc: 'descending' } as const;

interface Props {
  header: HeaderModel;
  column: TableColumn;
  index: number;
  tabIndex: 0 | -1;
  pinnedCount: number;
  onMove: (id: string, target: string) => void;
  onStep: (id: string, step: -1 | 1) => void;
  onResize: (id: string, width: number) => void;
  onFit: (id: string) => void;
}

/** A column's head: click sorts, dragging it moves the column, dragging its edge resizes, a double click there fits. */
export function HeaderCell({ header, column, index, tabIndex, pinnedCount, ...on }: Props) {
  const { onMove, onStep, onResize, onFit } = on;
  const sorted = header.column.getIsSorted();
  const drop = (event: DragEvent) => {
    const id = event.dataTransfer.getData(dragType);
    if (id) onMove(id, column.id);
  };
  const press = (event: KeyboardEvent) => {
    const step = stepOf(event);
    if (step === null) return;
    event.preventDefault();
    if (event.altKey) onStep(column.id, step);
    else onResize(column.id, clampWidth(header.getSize() + step * 12));
  };
  return (
    <div
      role="columnheader"
      className="cell head"
      aria-colindex={index + 1}
      aria-sort={sorted ? ariaSort[sorted] : 'none'}
      data-align={column.align}
      data-column={column.id}
      data-ranks={column.ranks || undefined}
      {...pinOf(index, pinnedCount)}
      data-resizing={header.column.getIsResizing() || undefined}
      onDragOver={(event) => event.dataTransfer.types.includes(dragType) && event.preventDefault()}
      onDrop={drop}
    >
      <button
        type="button"
        className="head-button"
        draggable
        tabIndex={tabIndex}
        title={hoverText(column)}
        onClick={header.column.getToggleSortingHandler()}
        onDragStart={(event) => event.dataTransfer.setData(dragType, column.id)}
        onKeyDown={press}
      >
        <span className="head-label">{column.label}</span>
        {sorted === 'asc' && <IconChevronUp size={13} stroke={2} aria-hidden />}
        {sorted === 'desc' && <IconChevronDown size={13} stroke={2} aria-hidden />}
      </button>
      <div
        className="resize-handle"
        aria-hidden
        onMouseDown={(event) => {
          event.preventDefault(); // else the column grows under the pointer and its own drag begins
          header.getResizeHandler()(event);
        }}
        onTouchStart={header.getResizeHandler()}
        onDoubleClick={() => onFit(column.id)}
      />
    </div>
  );
}

function hoverText({ label, writtenAs, better }: TableColumn): string {
  const name = writtenAs === null || writtenAs === label ? '' : ` (${writtenAs} in the files and in queries)`;
  return `Sort by ${label}${name}${firstOf(better)}. Alt+←/→ moves the column, Shift+←/→ resizes it.`;
}

function firstOf(better: TableColumn['better']): string {
  if (better === null) return '';
  return better === 'max' ? ', the best first: higher is better' : ', the best first: lower is better';
}

function stepOf({ key, altKey, shiftKey }: KeyboardEvent): -1 | 1 | null {
  if (!altKey && !shiftKey) return null;
  if (key === 'ArrowLeft') return -1;
  return key === 'ArrowRight' ? 1 : null;
}
