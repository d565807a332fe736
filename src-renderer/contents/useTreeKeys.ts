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
  /** Chooses what the row stands for, or no longer. */
  onChoose: (row: TreeRow) => void;
}

const page = 10;

/** Keys of the tree: arrows, pages and ends move; → opens a module, ← closes it or goes to the one above; Enter opens; Ctrl+Space chooses. */
export function useTreeKeys({ rows, active, onMove, onActivate, onChoose }: TreeKeys) {
  const row = rows[active];
  const actions = new Map<string, () => void>([
    ['ArrowRight', () => row?.open === false && onActivate(row)],
    ['ArrowLeft', () => row && (row.open ? onActivate(row) : onMove(parentOf(rows, active)))],
    ['Enter', () => row && onActivate(row)],
    [' ', () => row && onActivate(row)],
    ['Ctrl+ ', () => row && onChoose(row)],
  ]);
  return (event: KeyboardEvent) => {
    const key = keyOf(event);
    const next = lineAfter(key, active, rows.length);
    const act = next === null ? actions.get(key) : () => onMove(next);
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
}

/** Empty for keys that are not the tree's. */
function keyOf({ altKey, metaKey, shiftKey, ctrlKey, key }: KeyboardEvent): string {
  if (altKey || metaKey || shiftKey) return '';
  return ctrlKey ? `Ctrl+${key}` : key;
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
