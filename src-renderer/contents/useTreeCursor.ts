import { type KeyboardEvent, type MouseEvent, useState } from 'react';
import type { TreeRow } from './tensor-tree.ts';
import { useTreeKeys } from './useTreeKeys.ts';

/** In pixels of the window. */
export interface MenuPlace {
  left: number;
  top: number;
}

interface CursorActions {
  rows: readonly TreeRow[];
  /** Brings a row into view. */
  show: (index: number) => void;
  activate: (row: TreeRow) => void;
  choose: (row: TreeRow) => void;
  openMenu: (row: TreeRow, at: MenuPlace) => void;
}

interface TreeCursor {
  /** The row that keys are about. */
  active: number;
  pressKey: (event: KeyboardEvent) => void;
  pressRow: (index: number, event: MouseEvent) => void;
  askForMenu: (event: MouseEvent<HTMLElement>) => void;
}

/** The row of the tree that is gone to, by keys and by pressing; with Ctrl, pressing chooses. */
export function useTreeCursor({ rows, show, activate, choose, openMenu }: CursorActions): TreeCursor {
  const [active, setActive] = useState(0);
  const move = (index: number) => {
    setActive(index);
    show(index);
  };
  const pressKey = useTreeKeys({ rows, active, onMove: move, onActivate: activate, onChoose: choose });
  const pressRow = (index: number, { ctrlKey, metaKey }: MouseEvent) => {
    setActive(index);
    const act = ctrlKey || metaKey ? choose : activate;
    if (rows[index]) act(rows[index]);
  };
  const askForMenu = (event: MouseEvent<HTMLElement>) => {
    event.preventDefault();
    const index = rowAt(event.target) ?? active;
    setActive(index);
    if (rows[index]) openMenu(rows[index], menuPlace(event));
  };
  return { active, pressKey, pressRow, askForMenu };
}

/** Which row something on the screen is in; null for none. */
function rowAt(target: EventTarget): number | null {
  const row = target instanceof Element ? target.closest('[data-tree-row]') : null;
  return row === null ? null : Number(row.getAttribute('data-tree-row'));
}

/** Where the pointer is, or, for a key, the beginning of the table. */
function menuPlace({ clientX, clientY, currentTarget }: MouseEvent<HTMLElement>): MenuPlace {
  if (clientX !== 0 || clientY !== 0) return { left: clientX, top: clientY };
  const { left, top } = currentTarget.getBoundingClientRect();
  return { left: left + 24, top: top + 52 };
}
