// biome-ignore-all lint/a11y/useSemanticElements: rows out of view do not exist, so this cannot be a <table>
import { useVirtualizer } from '@tanstack/react-virtual';
import { type MouseEvent, type RefObject, useLayoutEffect, useRef } from 'react';
import type { RunSnapshot, RunStore } from '../versions/run-store.ts';
import type { TableColumn } from './columns.ts';
import { rowHeight } from './geometry.ts';
import { recycleKeys } from './recycle-keys.ts';
import { TableRow } from './TableRow.tsx';
import { useCopyChecksum } from './useCopyChecksum.ts';

/** Rows rendered beyond each edge of the view, so that a wheel does not outrun them. */
const overscan = 10;

interface Props {
  store: RunStore;
  snapshot: RunSnapshot;
  columns: readonly TableColumn[];
  best: string;
  scroller: RefObject<HTMLDivElement | null>;
  onOpenDetails: () => void;
}

/**
 * The rows in and around the view. One element holds and moves them all: a position of its own for each would cost more
 * than everything else of a row.
 */
export function TableRows({ store, snapshot, columns, best, scroller, onOpenDetails }: Props) {
  const { list, shown, choice } = snapshot;
  const { copied, copy } = useCopyChecksum(store.runId);
  const virtual = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan,
    initialOffset: store.scrollTop,
  });
  const items = virtual.getVirtualItems();
  const keys = useRecycledKeys(items.flatMap(({ index }) => list.rowAt(index)?.handle ?? []));
  const click = (event: MouseEvent) => {
    const handle = handleAt(event.target);
    if (handle === null) return;
    choose(store, handle, event);
    if (isChecksum(event.target)) copy(handle);
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid around it has the keys
    <div
      role="rowgroup"
      className="table-rows"
      style={{ height: virtual.getTotalSize() }}
      onClick={click}
      onDoubleClick={({ target }) => !isChecksum(target) && onOpenDetails()}
    >
      <div role="presentation" style={{ transform: `translateY(${items[0]?.start ?? 0}px)` }}>
        {items.map(({ index }) => {
          const row = list.rowAt(index);
          return (
            row && (
              <TableRow
                key={keys.get(row.handle)}
                row={row}
                columns={columns}
                best={best}
                index={index}
                selected={choice.chosen.has(row.handle)}
                focused={row.handle === choice.selected}
                copied={row.handle === copied}
              />
            )
          );
        })}
      </div>
    </div>
  );
}

/** With Shift all up to that one, with Ctrl or ⌘ one more or less, else that one alone. */
function choose(store: RunStore, handle: number, { ctrlKey, metaKey, shiftKey }: MouseEvent): void {
  if (shiftKey) store.extendTo(handle);
  else if (ctrlKey || metaKey) store.toggle(handle);
  else store.select(handle);
}

function useRecycledKeys(handles: readonly number[]): ReadonlyMap<number, number> {
  const previous = useRef<ReadonlyMap<number, number>>(new Map());
  const keys = recycleKeys(previous.current, handles);
  useLayoutEffect(() => {
    previous.current = keys;
  });
  return keys;
}

function handleAt(target: EventTarget): number | null {
  const row = target instanceof Element ? target.closest<HTMLElement>('[data-handle]') : null;
  return row ? Number(row.dataset['handle']) : null;
}

function isChecksum(target: EventTarget): boolean {
  return target instanceof Element && target.closest('.checksum') !== null;
}
