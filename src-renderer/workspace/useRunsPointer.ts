import type { MouseEvent } from 'react';
import type { WorkspaceStore } from './workspace-store.ts';

/** What clicks on rows do: with Shift they choose all up to that one, with Ctrl or ⌘ one more or less; a double click opens. */
export function useRunsPointer(store: WorkspaceStore, onOpen: () => void) {
  return {
    onClick: ({ target, shiftKey, ctrlKey, metaKey }: MouseEvent) => {
      const handle = runAt(target);
      if (handle === null) return;
      if (shiftKey) store.extendTo(handle);
      else if (ctrlKey || metaKey) store.toggle(handle);
      else store.select(handle);
    },
    onDoubleClick: ({ target }: MouseEvent) => {
      if (runAt(target) !== null) onOpen();
    },
  };
}

/** The run whose row this is in. */
export function runAt(target: EventTarget): number | null {
  const row = target instanceof Element ? target.closest<HTMLElement>('[data-run]') : null;
  return row ? Number(row.dataset['run']) : null;
}
