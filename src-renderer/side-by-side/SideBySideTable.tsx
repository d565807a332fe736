// biome-ignore-all lint/a11y/useSemanticElements: rows out of view do not exist, so this cannot be a <table>
// biome-ignore-all lint/a11y/useFocusableInteractive: it is read, not operated: its buttons have the focus
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import type { VersionRow } from '../../shared/model/version-row.ts';
import type { TableRuns } from '../run/table-runs.ts';
import { ComparedLine } from './ComparedLine.tsx';
import { SideBySideHead } from './SideBySideHead.tsx';
import type { ShownLine } from './shown-lines.ts';

/** Pixels; side-by-side.css has the same. */
const lineHeight = 30;

interface Props {
  runs: TableRuns;
  rows: readonly VersionRow[];
  lines: readonly ShownLine[];
  /** The place of the version that the others are held against. */
  baseline: number;
  /** Shows what is equal too; null where values are left out by their names. */
  onEqual: (() => void) | null;
  onBaseline: (place: number) => void;
  onRemove: (row: VersionRow) => void;
  onWeights: (row: VersionRow) => void;
}

/** A column for each version; only the lines in and around the view exist. */
export function SideBySideTable({ runs, rows, lines, baseline, onEqual, ...on }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => lineHeight,
    overscan: 6,
  });
  const items = virtual.getVirtualItems();
  return (
    <div
      ref={scroller}
      role="table"
      className="side-table"
      aria-label="Versions side by side"
      aria-rowcount={lines.length + 1}
      aria-colcount={rows.length + 1}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: without it the keys could not scroll it
      tabIndex={0}
      style={{ '--versions': String(rows.length) }}
    >
      <SideBySideHead runs={runs} rows={rows} baseline={baseline} {...on} />
      <div role="rowgroup" className="side-lines" style={{ height: virtual.getTotalSize() }}>
        <div role="presentation" style={{ transform: `translateY(${items[0]?.start ?? 0}px)` }}>
          {items.map(({ index }) => {
            const line = lines[index];
            return line && <ComparedLine key={index} {...{ line, index, baseline, onEqual }} />;
          })}
        </div>
      </div>
    </div>
  );
}
