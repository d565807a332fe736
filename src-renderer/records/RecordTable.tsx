// biome-ignore-all lint/a11y/useSemanticElements: rows out of view do not exist, so this cannot be a <table>
// biome-ignore-all lint/a11y/useFocusableInteractive: what can be focused is in the cells
// biome-ignore-all lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard
import { useVirtualizer } from '@tanstack/react-virtual';
import { type MouseEvent, type ReactNode, useRef } from 'react';
import './record-table.css';

/** A column of a {@link RecordTable}; `width` as CSS grid tracks have it. */
export interface RecordColumn<T> {
  id: string;
  label: string;
  width: string;
  align?: 'end';
  /** Whether it gives way where there is little room: the details have it too. */
  minor?: boolean;
  cell: (record: T) => ReactNode;
}

interface Props<T> {
  label: string;
  columns: readonly RecordColumn<T>[];
  records: readonly T[];
  /** Tells one record from the others. */
  keyOf: (record: T) => string;
  /** The one whose details are shown beside the table; a click makes another the current one. */
  current?: string | null;
  onCurrent?: (key: string) => void;
  /** Those that are chosen for what is done to several; without it there are no boxes to choose with. */
  chosen?: ReadonlySet<string>;
  onChosen?: (chosen: ReadonlySet<string>) => void;
  /** Whether another list is on its way. */
  stale?: boolean;
}

const rowHeight = 34;

/** Records as rows, of any number: those in and around the view are drawn. */
export function RecordTable<T>(props: Props<T>) {
  const { label, columns, records, keyOf, current = null, onCurrent, chosen, stale = false } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: records.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  const items = virtual.getVirtualItems();
  const tracks = (shown: typeof columns) =>
    [...(chosen ? ['18px'] : []), ...shown.map(({ width }) => width)].join(' ');
  const click = ({ target }: MouseEvent) => {
    const row = target instanceof Element ? target.closest<HTMLElement>('[data-record]') : null;
    if (row && !(target instanceof HTMLInputElement)) onCurrent?.(row.dataset['record'] ?? '');
  };
  return (
    <div
      ref={scroller}
      role="table"
      className="record-table"
      aria-label={label}
      aria-rowcount={records.length + 1}
      data-stale={stale || undefined}
      data-choosable={onCurrent ? true : undefined}
      tabIndex={0}
      style={{ '--columns': tracks(columns), '--few': tracks(columns.filter(({ minor }) => !minor)) }}
    >
      <div role="rowgroup" className="record-head">
        <div role="row" className="record-row" aria-rowindex={1}>
          {chosen && (
            <span role="columnheader">
              <ChooseAll {...props} chosen={chosen} />
            </span>
          )}
          {columns.map(({ id, label: name, align, minor }) => (
            <span key={id} role="columnheader" data-align={align} data-minor={minor}>
              {name}
            </span>
          ))}
        </div>
      </div>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: each row has a button for the same */}
      <div role="rowgroup" className="record-rows" style={{ height: virtual.getTotalSize() }} onClick={click}>
        <div role="presentation" style={{ transform: `translateY(${items[0]?.start ?? 0}px)` }}>
          {items.map(({ index }) => {
            const record = records[index] as T;
            const key = keyOf(record);
            return (
              <div
                key={key}
                role="row"
                className="record-row"
                aria-rowindex={index + 2}
                data-record={key}
                data-current={key === current || undefined}
              >
                {chosen && (
                  <span role="cell">
                    <ChooseOne {...props} chosen={chosen} name={key} />
                  </span>
                )}
                {columns.map(({ id, align, minor, cell }) => (
                  <span key={id} role="cell" data-align={align} data-minor={minor} data-column={id}>
                    {cell(record)}
                  </span>
                ))}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

type Choosing<T> = Props<T> & { chosen: ReadonlySet<string> };

function ChooseAll<T>({ records, keyOf, chosen, onChosen }: Choosing<T>) {
  const all = records.length > 0 && chosen.size === records.length;
  return (
    <input
      type="checkbox"
      aria-label="Select all"
      checked={all}
      ref={(box) => {
        if (box) box.indeterminate = chosen.size > 0 && !all;
      }}
      onChange={() => onChosen?.(new Set(all ? [] : records.map(keyOf)))}
    />
  );
}

function ChooseOne<T>({ chosen, onChosen, name }: Choosing<T> & { name: string }) {
  const toggle = () => {
    const next = new Set(chosen);
    if (!next.delete(name)) next.add(name);
    onChosen?.(next);
  };
  return <input type="checkbox" aria-label="Choose" checked={chosen.has(name)} onChange={toggle} />;
}
