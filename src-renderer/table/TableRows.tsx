// biome-ignore-all lint/a11y/useSemanticElements: rows out of view do not exist, so this cannot be a <table>
import { useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useLayoutEffect, useRef } from 'react';
import type { VersionRow } from '../../shared/model/version-row.ts';
import type { TableRuns } from '../run/table-runs.ts';
import type { VersionsSnapshot, VersionsStore } from '../versions/versions-store.ts';
import type { TableColumn } from './columns.ts';
import { GroupRow } from './GroupRow.tsx';
import type { GroupSummaries } from './group-summaries.ts';
import type { Grouping } from './groupings.ts';
import { assumedView, observeView } from './observe-view.ts';
import { bestBadge } from './ranking-words.ts';
import { recycleKeys } from './recycle-keys.ts';
import { TableRow } from './TableRow.tsx';
import type { GroupSummary } from './table-layout.ts';
import { useCopyChecksum } from './useCopyChecksum.ts';
import { useRowPointer } from './useRowPointer.ts';

/** Rows rendered beyond each edge of the view, so that a wheel does not outrun them. */
const overscan = 10;

interface Props {
  store: VersionsStore;
  snapshot: VersionsSnapshot;
  columns: readonly TableColumn[];
  pinnedCount: number;
  rowHeight: number;
  grouping: Grouping | null;
  summary: GroupSummary;
  summaries: GroupSummaries;
  runs: TableRuns;
  /** The best version of all its runs, where there is such a thing. */
  bestOfAll: number | null;
  scroller: RefObject<HTMLDivElement | null>;
  onOpenDetails: () => void;
  onEdit: (column: string) => void;
}

/**
 * The lines in and around the view. One element holds and moves them all: a position of its own for each would cost more
 * than everything else of a row.
 */
export function TableRows({ store, snapshot, rowHeight, scroller, onOpenDetails, onEdit, ...shown }: Props) {
  const { columns, pinnedCount, runs, bestOfAll, grouping, summary, summaries } = shown;
  const { list, choice, cursor } = snapshot;
  const { copied, copy } = useCopyChecksum();
  const virtual = useVirtualizer({
    count: list.lineCount,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan,
    initialRect: assumedView(),
    observeElementRect: observeView,
    initialOffset: store.scrollTop,
  });
  useNewHeights(virtual, rowHeight);
  const items = virtual.getVirtualItems();
  const keys = useRecycledKeys(items.flatMap(({ index }) => list.rowAt(index)?.handle ?? []));
  const pointer = useRowPointer(store, { copy, onOpenDetails, onEdit });
  const line = (index: number) => {
    const row = list.rowAt(index);
    if (row)
      return (
        <TableRow
          key={keys.get(row.handle)}
          row={row}
          columns={columns}
          pinnedCount={pinnedCount}
          best={bestWords(runs, row, bestOfAll)}
          index={index}
          selected={choice.chosen.has(row.handle)}
          focused={cursor !== null && 'handle' in cursor && cursor.handle === row.handle}
          copied={row.handle === copied}
        />
      );
    const group = list.groupAt(index);
    return (
      group && (
        <GroupRow
          key={`group ${group.key}`}
          group={group}
          label={group.key || (grouping?.none ?? '')}
          columns={columns}
          pinnedCount={pinnedCount}
          summaries={summaries}
          summary={summary}
          index={index}
          focused={cursor !== null && 'group' in cursor && cursor.group === group.key}
        />
      )
    );
  };
  return (
    <div role="rowgroup" className="table-rows" style={{ height: virtual.getTotalSize() }} {...pointer}>
      <div role="presentation" style={{ transform: `translateY(${items[0]?.start ?? 0}px)` }}>
        {items.map(({ index }) => line(index))}
      </div>
    </div>
  );
}

/** By which metric a version is the best, of its run or of all; empty for any other. */
function bestWords(runs: TableRuns, row: VersionRow, bestOfAll: number | null): string {
  const metric = row.is_best ? runs.metricOf(row) : null;
  if (!metric) return '';
  return `best ${row.handle === bestOfAll ? 'of all ' : ''}· ${bestBadge(metric, row)}`;
}

/** Lines of another height are laid out anew. */
function useNewHeights(virtual: { measure: () => void }, rowHeight: number): void {
  const laidOut = useRef(rowHeight);
  useLayoutEffect(() => {
    if (laidOut.current === rowHeight) return;
    laidOut.current = rowHeight;
    virtual.measure();
  }, [virtual, rowHeight]);
}

function useRecycledKeys(handles: readonly number[]): ReadonlyMap<number, number> {
  const previous = useRef<ReadonlyMap<number, number>>(new Map());
  const keys = recycleKeys(previous.current, handles);
  useLayoutEffect(() => {
    previous.current = keys;
  });
  return keys;
}
