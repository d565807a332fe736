// biome-ignore-all lint/a11y/useSemanticElements: rows out of view do not exist, so this cannot be a <table>
import { useVirtualizer } from '@tanstack/react-virtual';
import { type MouseEvent, type RefObject, useLayoutEffect, useMemo, useRef } from 'react';
import { plural } from '../format/plural.ts';
import { headerHeight, rowHeights, scrollTopShowing } from '../table/geometry.ts';
import { assumedView, observeView } from '../table/observe-view.ts';
import { GroupOfRuns } from './GroupOfRuns.tsx';
import { linesOf } from './group-runs.ts';
import type { LabelledRun } from './label-runs.ts';
import { RunsHead } from './RunsHead.tsx';
import { RunsRow, runElementId } from './RunsRow.tsx';
import { filledColumns, type RunColumn } from './run-columns.ts';
import { useRunsKeys } from './useRunsKeys.ts';
import { runAt, useRunsPointer } from './useRunsPointer.ts';
import type { WorkspaceSnapshot, WorkspaceStore } from './workspace-store.ts';
import '../table/table.css';
import './workspace.css';

const rowHeight = rowHeights.normal;
const overscan = 12;

interface Props {
  store: WorkspaceStore;
  snapshot: WorkspaceSnapshot;
  scroller: RefObject<HTMLDivElement | null>;
  onOpen: () => void;
  onDeed: (key: string) => boolean;
  /** A menu was asked for: where the pointer is, or of what the keyboard is on. */
  onMenu: (at: { left: number; top: number }) => void;
}

/** The runs of a workspace as rows, of any number: those in and around the view are drawn. */
export function RunsTable({ store, snapshot, scroller, onOpen, onDeed, onMenu }: Props) {
  const { runs, groups, choice, sort } = snapshot;
  const columns = useFilledColumns(runs, sort.column);
  const style: Record<`--${string}`, string> = {
    '--columns': columns.map(({ width }) => width).join(' '),
    '--row-height': `${rowHeight}px`,
  };
  const lines = useMemo(() => linesOf(runs, groups), [runs, groups]);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan,
    initialRect: assumedView(),
    observeElementRect: observeView,
    initialOffset: store.scrollTop,
  });
  const items = virtual.getVirtualItems();
  useChosenInView(scroller, lines, choice.selected);
  useScrollKept(scroller, store);
  const pointer = useRunsPointer(store, onOpen);
  const press = useRunsKeys(store, rowHeight, {
    onOpen,
    onDeed,
    onMenu: () => menuAtKeyboard(scroller.current, onMenu),
  });
  const menu = (event: MouseEvent) => {
    event.preventDefault();
    const handle = runAt(event.target);
    if (handle === null) return;
    if (!choice.chosen.has(handle)) store.select(handle);
    onMenu({ left: event.clientX, top: event.clientY });
  };
  return (
    <div
      ref={scroller}
      role="grid"
      className="version-table runs-table"
      tabIndex={0}
      aria-multiselectable
      aria-label={`Runs, ${plural(runs.length, 'run')} shown`}
      aria-rowcount={lines.length + 1}
      aria-colcount={columns.length}
      aria-activedescendant={choice.selected === null ? undefined : runElementId(choice.selected)}
      style={style}
      onScroll={() => {
        store.scrollTop = scroller.current?.scrollTop ?? 0;
      }}
      onKeyDown={press}
      onContextMenu={menu}
    >
      <div className="table-width">
        <RunsHead columns={columns} sort={sort} onSort={(column) => store.sortBy(column)} />
        <div role="rowgroup" className="table-rows" style={{ height: virtual.getTotalSize() }} {...pointer}>
          <div role="presentation" style={{ transform: `translateY(${items[0]?.start ?? 0}px)` }}>
            {items.map(({ index }) => {
              const line = lines[index];
              if (!line) return null;
              if (!('handle' in line))
                return <GroupOfRuns key={line.key} group={line} index={index} columnCount={columns.length} />;
              return (
                <RunsRow
                  key={line.handle}
                  columns={columns}
                  run={line}
                  index={index}
                  chosen={choice.chosen.has(line.handle)}
                  focused={choice.selected === line.handle}
                />
              );
            })}
          </div>
        </div>
      </div>
    </div>
  );
}

/** The same array for as long as it has the same columns: rows are drawn again when it is another. */
function useFilledColumns(runs: readonly LabelledRun[], sortedBy: string): readonly RunColumn[] {
  const filled = useMemo(() => filledColumns(runs, sortedBy), [runs, sortedBy]);
  const ids = filled.map(({ id }) => id).join(' ');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the ids tell whether it has become another
  return useMemo(() => filled, [ids]);
}

function menuAtKeyboard(grid: HTMLElement | null, onMenu: Props['onMenu']): void {
  const active = grid?.getAttribute('aria-activedescendant');
  const row = active ? document.getElementById(active) : null;
  if (!row) return;
  const { left, bottom } = row.getBoundingClientRect();
  onMenu({ left: Math.max(0, left) + 16, top: bottom });
}

/** The rows are where they were when the table was left. */
function useScrollKept(scroller: RefObject<HTMLDivElement | null>, store: WorkspaceStore): void {
  useLayoutEffect(() => {
    if (scroller.current) scroller.current.scrollTop = store.scrollTop;
  }, [scroller, store]);
}

/** Scrolls to the run that the keyboard is on when that moves. */
function useChosenInView(
  scroller: RefObject<HTMLDivElement | null>,
  lines: ReturnType<typeof linesOf>,
  selected: number | null,
): void {
  const shown = useRef(selected);
  useLayoutEffect(() => {
    if (shown.current === selected) return;
    shown.current = selected;
    const line = lines.findIndex((each) => 'handle' in each && each.handle === selected);
    const element = scroller.current;
    if (line < 0 || !element) return;
    const view = element.clientHeight - headerHeight;
    element.scrollTop = scrollTopShowing(line, element.scrollTop, view, rowHeight);
  }, [scroller, lines, selected]);
}
