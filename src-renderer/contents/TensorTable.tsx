// biome-ignore-all lint/a11y/useSemanticElements: rows out of view do not exist, so this cannot be a <table>
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
import { useVirtualizer } from '@tanstack/react-virtual';
import { useId, useMemo, useRef, useState } from 'react';
import type { TensorView } from '../../shared/model/contents-view.ts';
import { inferLayers } from '../../shared/model/infer-layers.ts';
import { asksForMeasures } from './find-tensors.ts';
import { brokenElements, type Measures } from './measures.ts';
import { TensorRow } from './TensorRow.tsx';
import { brokenBelow, buildTree, listRows, placesOf, type TensorTree, type TreeRow } from './tensor-tree.ts';
import { type MenuPlace, useTreeCursor } from './useTreeCursor.ts';
import './tensor-table.css';

/** Pixels; tensor-table.css has the same. */
const rowHeight = 26;
const overscan = 12;

interface Props {
  tensors: readonly TensorView[];
  /** Names of the files in it that tensors are in, where it is an archive of some. */
  members: readonly string[];
  measured: readonly (Measures | null)[] | null;
  search: string;
  /** Places of those that are searched for; null where none are. */
  found: readonly number[] | null;
  /** Places of the tensors that are chosen. */
  chosen: ReadonlySet<number>;
  /** To be chosen, or no longer, by whether all of them are. */
  onChoose: (places: readonly number[]) => void;
  onOpen: (place: number) => void;
  /** A menu is asked for, for these. */
  onMenu: (places: readonly number[], at: MenuPlace) => void;
}

/** Modules and tensors as a tree; only the rows in and around the view exist. */
export function TensorTable(props: Props) {
  const { tensors, members, measured, search, found, chosen, onChoose, onOpen, onMenu } = props;
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const { tree, rows } = useTreeRows({ tensors, members, toggled, found });
  const layers = useLayers(tensors);
  const broken = useBroken(tree, measured);
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
  const choose = (row: TreeRow) => onChoose(placesOf(tree, row));
  const openMenu = (row: TreeRow, at: MenuPlace) => onMenu(placesOf(tree, row), at);
  const cursor = useTreeCursor({ rows, show: virtual.scrollToIndex, activate, choose, openMenu });
  const isChosen = (row: TreeRow) =>
    chosen.size > 0 && placesOf(tree, row).every((place) => chosen.has(place));
  const isMarked = (index: number, row: TreeRow) => index === cursor.active || isChosen(row);
  const items = virtual.getVirtualItems();
  return (
    <div
      ref={scroller}
      role="treegrid"
      className="tensor-table"
      tabIndex={0}
      aria-label="Tensors by module"
      aria-multiselectable
      aria-rowcount={rows.length + 1}
      aria-activedescendant={rows[cursor.active] ? `${id}-${cursor.active}` : undefined}
      data-measured={measured ? true : undefined}
      onKeyDown={cursor.pressKey}
      onContextMenu={cursor.askForMenu}
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
                  broken={broken.get(row.key)}
                  active={isMarked(index, row)}
                  chosen={isChosen(row)}
                  onPress={(event) => cursor.pressRow(index, event)}
                />
              )
            );
          })}
        </div>
      </div>
      {rows.length === 0 && <NothingFound search={search} measured={measured !== null} />}
    </div>
  );
}

function NothingFound({ search, measured }: { search: string; measured: boolean }) {
  return (
    <p className="tensor-none">
      {!measured && asksForMeasures(search)
        ? 'What the elements are is found once all are measured.'
        : `No tensor has “${search.trim()}” as a part of its name, as its type or as its shape.`}
    </p>
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

/** How many broken tensors are below each module, by the key of its line. */
function useBroken(tree: TensorTree, measured: Props['measured']): ReadonlyMap<string, number> {
  return useMemo(
    () =>
      brokenBelow(tree, (place) => {
        const measures = measured?.[place];
        return measures ? brokenElements(measures) > 0 : false;
      }),
    [tree, measured],
  );
}

interface Shown extends Pick<Props, 'tensors' | 'members' | 'found'> {
  toggled: ReadonlySet<string>;
}

function useTreeRows({ tensors, members, toggled, found }: Shown): { tree: TensorTree; rows: TreeRow[] } {
  const isSearch = found !== null;
  const tree = useMemo(() => buildTree(tensors, found ?? tensors.keys(), members), [tensors, members, found]);
  const rows = useMemo(() => listRows(tree, tensors, toggled, isSearch), [tree, tensors, toggled, isSearch]);
  return { tree, rows };
}
