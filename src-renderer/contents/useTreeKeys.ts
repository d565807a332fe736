import type { KeyboardEvent } from 'react';
import { movementOf } from '../commands/movements.ts';
import { moveLine } from '../table/geometry.ts';
import type { TreeRow } from './tensor-tree.ts';

interface TreeKeys {
  rows: readonly TreeRow[];
  active: number;
  onMove: (index: number) => void;
  /** Opens a tensor, opens or closes a module. */
  onActivate: (row: TreeRow) => void;
}

const page = 10;

/** Keys of the tree: arrows, pages and ends move; → opens a module, ← closes it or goes to the one above; Enter opens. */
export function useTreeKeys({ rows, active, onMove, onActivate }: TreeKeys) {
  const row = rows[active];
  const actions = new Map<string, () => void>([
    ['ArrowRight', () => row?.open === false && onActivate(row)],
    ['ArrowLeft', () => row && (row.open ? onActivate(row) : onMove(parentOf(rows, active)))],
    ['Enter', () => row && onActivate(row)],
    [' ', () => row && onActivate(row)],
  ]);
  return (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const next = lineAfter(event.key, active, rows.length);
    const act = next === null ? actions.get(event.key) : () => onMove(next);
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
}

function lineAfter(key: string, line: number, count: number): number | null {
  const movement = movementOf(key);
  return movement ? moveLine(movement, line, count, page) : null;
}

function parentOf(rows: readonly TreeRow[], index: number): number {
  const depth = rows[index]?.depth ?? 0;
  const above = rows.slice(0, index).findLastIndex((row) => row.depth < depth);
  return above < 0 ? index : above;
}
