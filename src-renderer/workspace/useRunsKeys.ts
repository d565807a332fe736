import { type KeyboardEvent, useRef } from 'react';
import { nameOfPress } from '../commands/key-names.ts';
import { movementOf } from '../commands/movements.ts';
import { choosing, everywhere, type Movement } from '../commands/shortcuts.ts';
import { headerHeight, moveLine } from '../table/geometry.ts';
import type { WorkspaceStore } from './workspace-store.ts';

interface KeyActions {
  onOpen: () => void;
  onMenu: () => void;
  /** @returns whether the key does anything to what is chosen */
  onDeed: (key: string) => boolean;
}

type Press = KeyboardEvent<HTMLDivElement>;

const menuKeys: readonly string[] = everywhere.menu.keys;
/** How long the second of two presses may come after the first, in milliseconds. */
const patience = 1000;

/** Keys of the table of runs: movements move, with Shift they extend what is chosen; Enter opens. */
export function useRunsKeys(
  store: WorkspaceStore,
  rowHeight: number,
  on: KeyActions,
): (event: Press) => void {
  const last = useRef({ key: '', at: 0 });
  const actions = new Map<string, () => void>([
    ['Enter', on.onOpen],
    [choosing.toggle.keys[0], () => toggleFocused(store)],
    [choosing.chooseAll.keys[0], () => store.chooseAll()],
    [choosing.leave.keys[0], () => leave(store)],
    ...menuKeys.map((key) => [key, on.onMenu] as const),
  ]);
  return (event) => {
    if (isForButton(event)) return;
    const key = twice(nameOfPress(event), last);
    const act = actions.get(key);
    if (act) act();
    else if (!move(key, event.currentTarget, store, rowHeight) && !on.onDeed(key)) return;
    event.preventDefault();
  };
}

/** @returns whether the key moves */
function move(key: string, grid: HTMLElement, store: WorkspaceStore, rowHeight: number): boolean {
  const [, held, plain = ''] =
    /^(Shift\+)?(.+)$/s.exec(key === 'J' || key === 'K' ? `Shift+${key.toLowerCase()}` : key) ?? [];
  const movement = movementOf(plain);
  const target = movement && targetOf(movement, grid, store, rowHeight);
  if (target === undefined) return false;
  if (held) store.extendTo(target);
  else store.select(target);
  return true;
}

function targetOf(
  movement: Movement,
  grid: HTMLElement,
  store: WorkspaceStore,
  rowHeight: number,
): number | undefined {
  const { runs, choice } = store.snapshot();
  const page = Math.floor((grid.clientHeight - headerHeight) / rowHeight) - 1;
  const now = runs.findIndex(({ handle }) => handle === choice.selected);
  const line = moveLine(movement, now, runs.length, page);
  return line === null ? undefined : runs[line]?.handle;
}

function toggleFocused(store: WorkspaceStore): void {
  const { selected } = store.snapshot().choice;
  if (selected !== null) store.toggle(selected);
}

/** Out of a choice of several first, then out of the filter. */
function leave(store: WorkspaceStore): void {
  const { choice } = store.snapshot();
  if (choice.chosen.size > 1) store.select(choice.selected);
  else store.setFilter({ text: '', typing: false });
}

/** `g g` where the same key came a moment ago, for keys that mean something twice. */
function twice(key: string, last: { current: { key: string; at: number } }): string {
  const { key: before, at } = last.current;
  const now = performance.now();
  const isTwice = before === key && now - at < patience && movementOf(`${key} ${key}`) !== undefined;
  last.current = isTwice ? { key: '', at: 0 } : { key, at: now };
  return isTwice ? `${key} ${key}` : key;
}

/** Enter and Space on the head of a column press that. */
function isForButton({ target, currentTarget, key }: Press): boolean {
  return target !== currentTarget && (key === 'Enter' || key === ' ');
}
