import { type KeyboardEvent, useRef } from 'react';
import { nameOfPress } from '../commands/key-names.ts';
import { movementOf } from '../commands/movements.ts';
import { choosing, everywhere, grouping, type Movement, type Shortcut } from '../commands/shortcuts.ts';
import { cursorAt, lineOf } from '../versions/cursor.ts';
import { isFiltering, showAll } from '../versions/filter-rows.ts';
import type { VersionsStore } from '../versions/versions-store.ts';
import { chooseRows, foldAll, foldAtCursor, toggleFolded, unfoldAtCursor } from './fold-groups.ts';
import { headerHeight, moveLine } from './geometry.ts';

/** What the keys of the grid do beside moving, choosing and folding. */
interface KeyActions {
  /** Does what a key does to the chosen versions, if it does anything. @returns whether it does */
  onDeed: (key: string) => boolean;
  onMenu: () => void;
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
export function useTableKeys(
  store: VersionsStore,
  rowHeight: number,
  on: KeyActions,
): (event: Press) => void {
  const before = useRef({ key: '', at: 0 });
  return (event) => {
    const key = withBefore(nameOfPress(event), before);
    if (event.defaultPrevented || isForButton(event, key)) return;
    if (press(key, event, store, rowHeight, on)) event.preventDefault();
  };
}

/** What each kind of key does, the first that means anything counts. @returns whether it meant anything */
function press(key: string, event: Press, store: VersionsStore, rowHeight: number, on: KeyActions): boolean {
  if (menuKeys.includes(key)) {
    on.onMenu();
    return true;
  }
  return (
    pressAtGroup(key, store) ||
    move(goOf(key), event, store, rowHeight) ||
    choose(choices.get(key), store) ||
    foldBy(folds.get(key), store) ||
    (!event.repeat && on.onDeed(key))
  );
}

/** A movement, and whether `Shift+` or `Mod+` is held with it. */
interface Go {
  movement: Movement;
  held: string;
}

function goOf(key: string): Go | null {
  const name = shifted.get(key) ?? key;
  const [, held = '', plain = ''] = /^(Shift\+|Mod\+)?(.+)$/s.exec(name) ?? [];
  const movement = movementOf(plain);
  return movement ? { movement, held } : null;
}

function move(go: Go | null, event: Press, store: VersionsStore, rowHeight: number): boolean {
  const { list, cursor } = store.snapshot();
  const page = Math.floor((event.currentTarget.clientHeight - headerHeight) / rowHeight) - 1;
  const line = go && moveLine(go.movement, lineOf(list, cursor), list.lineCount, page);
  const target = line === null ? null : cursorAt(list, line);
  if (!go || !target) return false;
  if (go.held === 'Mod+') store.moveCursor(target);
  else if ('group' in target) goToGroup(store, target, go.held);
  else if (go.held === 'Shift+') store.extendTo(target.handle);
  else store.select(target.handle);
  return true;
}

/** A heading is no version: nothing is chosen there, and a range that passes it goes on below. */
function goToGroup(store: VersionsStore, target: { group: string }, held: string): void {
  if (held === '') store.select(null);
  store.moveCursor(target);
}

function choose(choice: keyof typeof choosing | undefined, store: VersionsStore): boolean {
  if (choice === 'chooseAll') chooseRows(store, store.snapshot().list.unfoldedRows());
  if (choice === 'toggle') toggleAtCursor(store);
  if (choice === 'leave') leave(store);
  return choice !== undefined;
}

function toggleAtCursor(store: VersionsStore): void {
  const { cursor } = store.snapshot();
  if (cursor && 'handle' in cursor) store.toggle(cursor.handle);
}

/** Out of a choice of several first, then out of the filter, then out of the version that is left. */
export function leave(store: VersionsStore): void {
  const { selected, choice, filter } = store.snapshot();
  if (choice.chosen.size > 1) store.select(selected);
  else if (isFiltering(filter)) store.setFilter(showAll);
  else store.chooseNone();
}

/** Enter and Space on a heading: fold it, and choose its rows. */
function pressAtGroup(key: string, store: VersionsStore): boolean {
  const { cursor, list } = store.snapshot();
  const group = list.groupAt(lineOf(list, cursor));
  if (!group || (key !== 'Enter' && key !== ' ')) return false;
  if (key === 'Enter') toggleFolded(store, group.key);
  else chooseRows(store, list.rowsOf(group));
  return true;
}

function foldBy(fold: keyof typeof grouping | undefined, store: VersionsStore): boolean {
  if (fold === undefined || store.snapshot().list.groups.length === 0) return false;
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
