import type { KeyboardEvent } from 'react';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { chosenRows, type RunStore } from '../versions/run-store.ts';
import { headerHeight, moveSelection, rowHeight } from './geometry.ts';

/** What the keys of the grid do beside moving and extending the choice. */
interface KeyActions {
  onOpenDetails: () => void;
  onDelete: (rows: readonly VersionRow[]) => void;
  onEscape: () => void;
}

const modifiers = ['Control', 'Meta', 'Alt', 'Shift'] as const;

type Press = KeyboardEvent<HTMLDivElement>;

/** Keys of the grid: arrows, pages and ends move the focus, with Shift they extend what is chosen; Ctrl+A chooses all. */
export function useRowKeys(store: RunStore, keys: KeyActions): (event: Press) => void {
  const plain = new Map<string, (event: Press) => void>([
    ['Escape', () => leave(store, keys)],
    // The filter may hide a chosen row: what nobody sees is not deleted.
    ['Delete', ({ repeat }) => repeat || keys.onDelete(chosenRows(store.snapshot()))],
    ['Enter', (event) => isOnGrid(event) && keys.onOpenDetails()],
  ]);
  const go = (event: Press) => move(event, store, (handle) => store.select(handle));
  const handlers = new Map<string, (event: Press) => void>([
    ['', (event) => (plain.get(event.key) ?? go)(event)],
    ['Shift', (event) => move(event, store, (handle) => store.extendTo(handle))],
    ['Control', (event) => chooseAll(event, store)],
    ['Meta', (event) => chooseAll(event, store)],
  ]);
  return (event) => handlers.get(modifiersOf(event))?.(event);
}

/** The modifiers that are held, such as `Control` or `Control+Shift`; empty for none. */
function modifiersOf(event: Press): string {
  return modifiers.filter((key) => event.getModifierState(key)).join('+');
}

/** Out of a choice of several first, then out of the filter. */
export function leave(store: RunStore, { onEscape }: Pick<KeyActions, 'onEscape'>): void {
  const { selected, choice } = store.snapshot();
  if (choice.chosen.size > 1) store.select(selected);
  else onEscape();
}

function chooseAll(event: Press, store: RunStore): void {
  if (event.key.toLowerCase() !== 'a') return;
  event.preventDefault();
  store.chooseAll(Array.from(store.snapshot().list.shownRows(), ({ handle }) => handle));
}

function move(event: Press, store: RunStore, go: (handle: number) => void): void {
  const view = event.currentTarget.clientHeight - headerHeight;
  const row = target(event.key, store, Math.floor(view / rowHeight) - 1);
  if (row === null) return;
  event.preventDefault();
  const handle = store.snapshot().list.rowAt(row)?.handle;
  if (handle !== undefined) go(handle);
}

function target(key: string, store: RunStore, page: number): number | null {
  const { list, selected } = store.snapshot();
  return moveSelection(key, selected === null ? -1 : list.indexOf(selected), list.shown.length, page);
}

/** Enter on a button within the grid presses that button. */
function isOnGrid({ target, currentTarget }: KeyboardEvent): boolean {
  return target === currentTarget;
}
