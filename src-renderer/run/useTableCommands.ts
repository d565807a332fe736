import { type MouseEvent, type RefObject, useState } from 'react';
import type { VersionRow } from '../../shared/model/version-row.ts';
import type { OpenMenu } from '../commands/ContextMenu.tsx';
import { type CommandContext, deedOf, perform } from '../commands/version-commands.ts';
import { versionMenu } from '../commands/version-menu.ts';
import type { MarksEdited } from '../marks/MarksPopover.tsx';
import { useSession } from '../session/useSession.ts';
import { columnMenu } from '../table/column-menu.ts';
import { groupMenu } from '../table/group-menu.ts';
import { columnAt, groupAt, handleAt } from '../table/useRowPointer.ts';
import { chosenRows, type VersionsStore } from '../versions/versions-store.ts';
import type { TableRuns } from './table-runs.ts';
import type { RunActions } from './useRunActions.ts';
import type { RunTable } from './useRunTable.ts';

/** How much of a cell has to be in view to be edited there, in pixels. */
const fieldWidth = 200;

interface Parts {
  runs: TableRuns;
  store: VersionsStore;
  runTable: RunTable;
  actions: RunActions;
  scroller: RefObject<HTMLDivElement | null>;
  showDetails: () => void;
}

/** The commands of a table: by keys, from its menus, and what they open beside it. */
export function useTableCommands({ runs, store, runTable, actions, scroller, showDetails }: Parts) {
  const session = useSession();
  const [menu, setMenu] = useState<OpenMenu | null>(null);
  const [edited, setEdited] = useState<MarksEdited | null>(null);

  const focus = () => scroller.current?.focus({ preventScroll: true });

  const edit = (rows: readonly VersionRow[], field: MarksEdited['field']) => {
    const handles = rows.map(({ handle }) => handle);
    if (handles.length > 0) setEdited({ handles, field, at: placeOf(scroller.current, field) });
  };
  const contextFor = (column: string | null): CommandContext => ({
    runs,
    rows: chosenRows(store.snapshot()),
    columns: runTable.table.getVisibleLeafColumns().map(({ id }) => id),
    column,
    actions,
    verify: (rows) => void session.verifyVersions(rows),
    showDetails,
    editMarks: (rows) => edit(rows, column === 'notes' ? 'notes' : 'tags'),
  });
  const menuAt = (target: Element, at: OpenMenu['at']): OpenMenu | null => {
    const column = columnAt(target);
    if (column !== null && target.closest('[role="columnheader"]')) return columnMenu(runTable, column, at);
    const key = groupAt(target);
    const group = store.snapshot().list.groups.find((each) => each.key === key);
    if (group) return groupMenu(store, group, at);
    chooseForMenu(store, handleAt(target));
    const context = contextFor(column);
    return context.rows.length === 0 ? null : versionMenu(context, at);
  };

  return {
    menu,
    edited,
    onDeed: (key: string) => {
      const deed = deedOf(key);
      if (deed) perform(deed, contextFor(null));
      return deed !== undefined;
    },
    onEdit: (column: string) => contextFor(column).editMarks(chosenRows(store.snapshot())),
    /** Null where the keyboard asked: for what it is on. */
    onMenu: (event: MouseEvent | null) => {
      const target = event ? (event.target as Element) : atKeyboard(scroller.current);
      if (!target) return;
      const at = event ? { left: event.clientX, top: event.clientY } : below(target);
      setMenu(menuAt(target, at));
    },
    closeMenu: () => {
      setMenu(null);
      focus();
    },
    closeEdited: () => {
      setEdited(null);
      focus();
    },
  };
}

/** What a menu is opened on is chosen, unless it is already among what is chosen. */
function chooseForMenu(store: VersionsStore, handle: number | null): void {
  if (handle !== null && !store.snapshot().choice.chosen.has(handle)) store.select(handle);
}

/** The column's heading that has the focus, else what the table names as its active row. */
function atKeyboard(grid: HTMLElement | null): Element | null {
  const focused = document.activeElement?.closest('[role="columnheader"]');
  if (focused) return focused;
  const active = grid?.getAttribute('aria-activedescendant');
  return active ? document.getElementById(active) : null;
}

function below(element: Element): OpenMenu['at'] {
  const { left, bottom } = element.getBoundingClientRect();
  return { left: Math.max(0, left) + 16, top: bottom };
}

/** Where a field of the row that the keyboard is on stands, as far as that is in view. */
function placeOf(grid: HTMLElement | null, column: string): MarksEdited['at'] {
  const row = atKeyboard(grid);
  const cell = row?.querySelector(`[data-column="${column}"]`) ?? row;
  const { left, top, width, height } = (cell ?? grid ?? document.body).getBoundingClientRect();
  const view = (grid ?? document.body).getBoundingClientRect();
  const shown = Math.min(width, fieldWidth);
  return {
    left: clamp(left, view.left, view.right - shown),
    top: clamp(top, view.top, view.bottom - height),
    width: shown,
    height,
  };
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most));
}
