import type { DragEvent, MouseEvent } from 'react';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { dragOut } from '../drop/own-drag.ts';
import { togglePins } from '../marks/mark-versions.ts';
import { chosenRows, rowOf, type VersionsStore } from '../versions/versions-store.ts';
import { toggleFolded } from './fold-groups.ts';

interface PointerActions {
  copy: (row: VersionRow) => void;
  onOpenDetails: () => void;
  onEdit: (column: string) => void;
}

/** Columns that a double click edits. */
const edited: readonly string[] = ['tags', 'notes'];

/** What clicks, double clicks and drags on rows do; the rows themselves know of none of it. */
export function useRowPointer(store: VersionsStore, { copy, onOpenDetails, onEdit }: PointerActions) {
  const onClick = (event: MouseEvent) => {
    const group = groupAt(event.target);
    if (group !== null) return foldByClick(store, group);
    const handle = handleAt(event.target);
    if (handle === null) return;
    choose(store, handle, event);
    const row = rowOf(store.snapshot(), handle);
    if (row) pressIn(event.target, row, copy);
  };
  const onDoubleClick = ({ target }: MouseEvent) => {
    if (handleAt(target) === null || isIn(target, '.checksum, .pin-toggle')) return;
    const column = columnAt(target);
    if (column !== null && edited.includes(column)) onEdit(column);
    else onOpenDetails();
  };
  const onDragStart = (event: DragEvent) => {
    const handle = handleAt(event.target);
    if (handle === null) return;
    event.preventDefault();
    dragChosen(store, handle);
  };
  return { onClick, onDoubleClick, onDragStart };
}

/** With Shift all up to that one, with Ctrl or ⌘ one more or less, else that one alone. */
function choose(store: VersionsStore, handle: number, { ctrlKey, metaKey, shiftKey }: MouseEvent): void {
  if (shiftKey) store.extendTo(handle);
  else if (ctrlKey || metaKey) store.toggle(handle);
  else store.select(handle);
}

/** What the buttons of a row do. */
function pressIn(target: EventTarget, row: VersionRow, copy: PointerActions['copy']): void {
  if (isIn(target, '.checksum')) copy(row);
  if (isIn(target, '.pin-toggle')) togglePins([row]);
}

function foldByClick(store: VersionsStore, key: string): void {
  toggleFolded(store, key);
  store.moveCursor({ group: key });
}

/** All that is chosen where the row is among it, else that row alone. */
function dragChosen(store: VersionsStore, handle: number): void {
  const chosen = chosenRows(store.snapshot()).map((row) => row.handle);
  const versions = chosen.includes(handle) ? chosen : [handle];
  void dragOut(versions);
}

/** The version whose row this is in. */
export function handleAt(target: EventTarget): number | null {
  const handle = closest(target, '[data-handle]')?.dataset['handle'];
  return handle === undefined ? null : Number(handle);
}

/** The group whose heading this is in. */
export function groupAt(target: EventTarget): string | null {
  return closest(target, '[data-group]')?.dataset['group'] ?? null;
}

/** The column of the cell, or of the heading, that this is in. */
export function columnAt(target: EventTarget): string | null {
  return closest(target, '[data-column]')?.dataset['column'] ?? null;
}

function isIn(target: EventTarget, selector: string): boolean {
  return closest(target, selector) !== null;
}

function closest(target: EventTarget, selector: string): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>(selector) : null;
}
