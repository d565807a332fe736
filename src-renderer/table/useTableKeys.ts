import { type KeyboardEvent, useRef } from 'react';
import { nameOfPress } from '../commands/key-names.ts';
import { movementOf } from '../commands/movements.ts';
import { choosing, everywhere, grouping, type Movement, type Shortcut } from '../commands/shortcuts.ts';
import { cursorAt, lineOf } from '../versions/cursor.ts';
import type { RunStore } from '../versions/run-store.ts';
import { foldAll, foldAtCursor, toggleFolded, unfoldAtCursor } from './fold-groups.ts';
import { headerHeight, moveLine } from './geometry.ts';

/** What the keys of the grid do beside moving, choosing and folding. */
interface KeyActions {
  /** Does what a key does to the chosen versions, if it does anything. @returns whether it does */
  onDeed: (key: string) => boolean;
  onMenu: () => void;
  onEscape: () => void;
}

type Press = KeyboardEvent<HTMLDivElement>;

/** How long the second of two presses may come after the first, in milliseconds. */
const patience = 1000;

/** Letters that are Shift and a movement. */
const shifted = new Map([
  ['J', 'Shift+j'],
  ['K', 'Shift+k'],
]);

const choices = byKey(choosing);
const folds = byKey(grouping);
const menuKeys: readonly string[] = everywhere.menu.keys;

/** Keys of the grid: movements move, with Shift they extend what is chosen, with Ctrl they choose nothing. */
export function useTableKeys(store: RunStore, rowHeight: number, on: KeyActions): (event: Press) => void {
  const before = useRef({ key: '', at: 0 });
  return (event) => {
    const key = withBefore(nameOfPress(event), before);
    if (isForButton(event, key)) return;
    if (press(key, event, store, rowHeight, on)) event.preventDefault();
  };
}

/** Whether the key meant anything. */
function press(key: string, event: Press, store: RunStore, rowHeight: number, on: KeyActions): boolean {
  if (menuKeys.includes(key)) return did(on.onMenu());
  if (isAtGroup(store) && pressAtGroup(key, store)) return true;
  const go = goOf(key);
  if (go) return move(go, event, store, rowHeight);
  const choice = choices.get(key);
  if (choice) return did(choose(choice, store, on));
  const fold = folds.get(key);
  if (fold) return foldBy(fold, store);
  return !event.repeat && on.onDeed(key);
}

function goOf(key: string): { movement: Movement; held: string } | null {
  const name = shifted.get(key) ?? key;
  const [, held = '', plain = ''] = /^(Shift\+|Mod\+)?(.+)$/s.exec(name) ?? [];
  const movement = movementOf(plain);
  return movement ? { movement, held } : null;
}

function move(
  { movement, held }: { movement: Movement; held: string },
  event: Press,
  store: RunStore,
  rowHeight: number,
): boolean {
  const { list, cursor } = store.snapshot();
  const page = Math.floor((event.currentTarget.clientHeight - headerHeight) / rowHeight) - 1;
  const line = moveLine(movement, lineOf(list, cursor), list.lineCount, page);
  if (line === null) return false;
  const target = cursorAt(list, line);
  if (!target) return false;
  if (held === 'Mod+') store.moveCursor(target);
  else if ('group' in target) goToGroup(store, target, held);
  else if (held === 'Shift+') store.extendTo(target.handle);
  else store.select(target.handle);
  return true;
}

/** A heading is no version: nothing is chosen there, and a range that passes it goes on below. */
function goToGroup(store: RunStore, target: { group: string }, held: string): void {
  if (held === '') store.select(null);
  store.moveCursor(target);
}

function choose(choice: keyof typeof choosing, store: RunStore, { onEscape }: KeyActions): void {
  const { selected, choice: chosen, cursor, list } = store.snapshot();
  if (choice === 'chooseAll') store.chooseAll(Array.from(list.unfoldedRows(), ({ handle }) => handle));
  else if (choice === 'toggle') cursor && 'handle' in cursor && store.toggle(cursor.handle);
  else if (chosen.chosen.size > 1) store.select(selected);
  else onEscape();
}

function isAtGroup(store: RunStore): boolean {
  const { cursor } = store.snapshot();
  return cursor !== null && 'group' in cursor;
}

/** Enter and Space on a heading: fold it, and choose its rows. */
function pressAtGroup(key: string, store: RunStore): boolean {
  const { cursor, list } = store.snapshot();
  const group = list.groupAt(lineOf(list, cursor));
  if (!group) return false;
  if (key === 'Enter') return did(toggleFolded(store, group.key));
  if (key === ' ') return did(store.chooseAll(Array.from(list.rowsOf(group), ({ handle }) => handle)));
  return false;
}

function foldBy(fold: keyof typeof grouping, store: RunStore): boolean {
  if (store.snapshot().list.groups.length === 0) return false;
  if (fold === 'fold') foldAtCursor(store);
  else if (fold === 'unfold') unfoldAtCursor(store);
  else foldAll(store, fold === 'foldAll');
  return true;
}

/** `g g` where the same key came a moment ago, for keys that mean something twice. */
function withBefore(key: string, before: { current: { key: string; at: number } }): string {
  const now = performance.now();
  const { key: last, at } = before.current;
  const isTwice = last === key && now - at < patience && movementOf(`${key} ${key}`) !== undefined;
  before.current = isTwice ? { key: '', at: 0 } : { key, at: now };
  return isTwice ? `${key} ${key}` : key;
}

/** Enter and Space on a button within the grid press that button. */
function isForButton({ target, currentTarget }: Press, key: string): boolean {
  return target !== currentTarget && (key === 'Enter' || key === ' ');
}

function byKey<Id extends string>(known: Record<Id, Shortcut>): ReadonlyMap<string, Id> {
  const ids = Object.keys(known) as Id[];
  return new Map(ids.flatMap((id) => known[id].keys.map((key) => [key, id] as const)));
}

function did(_done: unknown): true {
  return true;
}
