// biome-ignore-all lint/a11y/useSemanticElements: rows out of view do not exist, so this cannot be a <table>
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
import { useVirtualizer } from '@tanstack/react-virtual';
import { useId, useMemo, useRef, useState } from 'react';
import type { TensorView } from '../../shared/model/contents-view.ts';
import { inferLayers } from '../../shared/model/infer-layers.ts';
import { asksForMeasures, findTensors } from './find-tensors.ts';
import type { Measures } from './measures.ts';
import { TensorRow } from './TensorRow.tsx';
import { buildTree, listRows, type TreeRow } from './tensor-tree.ts';
import { useTreeKeys } from './useTreeKeys.ts';

/** Pixels; contents.css has the same. */
const rowHeight = 26;
const overscan = 12;

interface Props {
  tensors: readonly TensorView[];
  measured: readonly (Measures | null)[] | null;
  search: string;
  onOpen: (place: number) => void;
}

/** Modules and tensors as a tree; only the rows in and around the view exist. */
export function TensorTable({ tensors, measured, search, onOpen }: Props) {
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const [active, setActive] = useState(0);
  const rows = useTreeRows(tensors, toggled, search, measured);
  const layers = useLayers(tensors);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan,
  });
  const activate = (row: TreeRow) => {
    if (row.place !== null) onOpen(row.place);
    else setToggled((past) => toggle(past, row.key));
  };
  const move = (index: number) => {
    setActive(index);
    virtual.scrollToIndex(index);
  };
  const press = useTreeKeys({ rows, active, onMove: move, onActivate: activate });
  const items = virtual.getVirtualItems();
  return (
    <div
      ref={scroller}
      role="treegrid"
      className="tensor-table"
      tabIndex={0}
      aria-label="Tensors by module"
      aria-rowcount={rows.length + 1}
      aria-activedescendant={rows[active] ? `${id}-${active}` : undefined}
      data-measured={measured ? true : undefined}
      onKeyDown={press}
    >
      <TableHead measured={measured !== null} />
      <div role="rowgroup" className="tensor-rows" style={{ height: virtual.getTotalSize() }}>
        <div role="presentation" style={{ transform: `translateY(${items[0]?.start ?? 0}px)` }}>
          {items.map(({ index }) => {
            const row = rows[index];
            return (
              row && (
                <TensorRow
                  key={row.key}
                  id={`${id}-${index}`}
                  row={row}
                  index={index}
                  tensor={row.place === null ? null : (tensors[row.place] ?? null)}
                  layer={row.place === null ? layers.get(row.path) : undefined}
                  measures={row.place === null ? undefined : measured?.[row.place]}
                  measured={measured !== null}
                  active={index === active}
                  onPress={() => {
                    setActive(index);
                    activate(row);
                  }}
                />
              )
            );
          })}
        </div>
      </div>
      {rows.length === 0 && (
        <p className="tensor-none">
          {measured === null && asksForMeasures(search)
            ? 'What the elements are is found once all are measured.'
            : `No tensor has “${search.trim()}” as a part of its name, as its type or as its shape.`}
        </p>
      )}
    </div>
  );
}

function toggle(keys: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const toggled = new Set(keys);
  if (!toggled.delete(key)) toggled.add(key);
  return toggled;
}

function TableHead({ measured }: { measured: boolean }) {
  const titles = [
    'Name',
    'Type',
    'Shape',
    'Parameters',
    'Size',
    ...(measured ? ['NaN, ∞', 'Mean', 'Std'] : []),
  ];
  return (
    <div role="rowgroup" className="tensor-head">
      <div role="row" className="tensor-row" aria-rowindex={1}>
        {titles.map((title) => (
          <span key={title} role="columnheader" data-cell={cells.get(title)}>
            {title}
          </span>
        ))}
      </div>
    </div>
  );
}

/** What each module seems to be, by its path of keys. */
function useLayers(tensors: readonly TensorView[]): ReadonlyMap<string, string> {
  return useMemo(() => {
    const named = tensors.map(({ label, shape }) => ({ name: label, shape }));
    return new Map(inferLayers(named).map(({ name, layer }) => [name, layer]));
  }, [tensors]);
}

const cells = new Map([
  ['Name', 'name'],
  ['Type', 'dtype'],
  ['Shape', 'shape'],
  ['Parameters', 'parameters'],
  ['Size', 'bytes'],
  ['NaN, ∞', 'broken'],
  ['Mean', 'mean'],
  ['Std', 'std'],
]);

function useTreeRows(
  tensors: readonly TensorView[],
  toggled: ReadonlySet<string>,
  search: string,
  measured: readonly (Measures | null)[] | null,
): TreeRow[] {
  const isSearch = search.trim() !== '';
  const tree = useMemo(
    () => buildTree(tensors, isSearch ? findTensors(tensors, search, measured) : tensors.keys()),
    [tensors, search, measured, isSearch],
  );
  return useMemo(() => listRows(tree, tensors, toggled, isSearch), [tree, tensors, toggled, isSearch]);
}
