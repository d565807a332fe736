import type { KeyboardEvent } from 'react';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { type RunStore, rowOf } from '../versions/run-store.ts';
import { headerHeight, moveSelection, rowHeight } from './geometry.ts';

/** What the keys of the grid do beside moving the selection. */
interface KeyActions {
  onOpenDetails: () => void;
  onDelete: (row: VersionRow) => void;
  onEscape: () => void;
}

/** Keys of the grid: arrows, pages and ends move the selection; Enter, Delete and Esc as given. */
export function useRowKeys(
  store: RunStore,
  { onOpenDetails, onDelete, onEscape }: KeyActions,
): (event: KeyboardEvent<HTMLDivElement>) => void {
  const move = (event: KeyboardEvent<HTMLDivElement>) => {
    const view = event.currentTarget.clientHeight - headerHeight;
    const next = target(event.key, store, Math.floor(view / rowHeight) - 1);
    if (next === null) return;
    event.preventDefault();
    store.select(store.snapshot().list.rowAt(next)?.handle ?? null);
  };
  const remove = ({ repeat }: KeyboardEvent) => {
    const row = rowOf(store.snapshot(), store.snapshot().selected);
    // The filter may hide the selected row: what nobody sees is not deleted.
    if (row && !repeat && store.snapshot().list.indexOf(row.handle) >= 0) onDelete(row);
  };
  const actions = new Map<string, (event: KeyboardEvent<HTMLDivElement>) => void>([
    ['Escape', onEscape],
    ['Delete', remove],
    ['Enter', (event) => isOnGrid(event) && onOpenDetails()],
  ]);
  return (event) => {
    if (!hasModifier(event)) (actions.get(event.key) ?? move)(event);
  };
}

function target(key: string, store: RunStore, page: number): number | null {
  const { list, selected } = store.snapshot();
  return moveSelection(key, selected === null ? -1 : list.indexOf(selected), list.shown.length, page);
}

function hasModifier({ altKey, ctrlKey, metaKey, shiftKey }: KeyboardEvent): boolean {
  return altKey || ctrlKey || metaKey || shiftKey;
}

/** Enter on a button within the grid presses that button. */
function isOnGrid({ target, currentTarget }: KeyboardEvent): boolean {
  return target === currentTarget;
}
