import type { KeyboardEvent } from 'react';
import type { RunStore } from '../versions/run-store.ts';
import { headerHeight, moveSelection, rowHeight } from './geometry.ts';

/** Keys of the grid: arrows, pages and ends move the selection, Enter and Esc as given. */
export function useRowKeys(
  store: RunStore,
  onOpenDetails: () => void,
  onEscape: () => void,
): (event: KeyboardEvent<HTMLDivElement>) => void {
  const move = (event: KeyboardEvent<HTMLDivElement>) => {
    const view = event.currentTarget.clientHeight - headerHeight;
    const next = target(event.key, store, Math.floor(view / rowHeight) - 1);
    if (next === null) return;
    event.preventDefault();
    store.select(store.snapshot().list.rowAt(next)?.handle ?? null);
  };
  return (event) => {
    if (hasModifier(event)) return;
    if (event.key === 'Escape') onEscape();
    else if (isOpening(event)) onOpenDetails();
    else move(event);
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
function isOpening({ key, target, currentTarget }: KeyboardEvent): boolean {
  return key === 'Enter' && target === currentTarget;
}
