import { useEffect, useEffectEvent } from 'react';
import { isAsking } from '../commands/is-asking.ts';
import { isWriting } from '../commands/is-writing.ts';
import { nameOfPress } from '../commands/key-names.ts';
import { everywhere } from '../commands/shortcuts.ts';
import { undoLast } from './show-way-back.tsx';

const keys: readonly string[] = everywhere.undo.keys;

/** Takes back the last thing that was done to a run that is shown, but not where somebody writes, or a dialog asks something. */
export function useUndoKey(runIds: readonly string[]): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (!keys.includes(nameOfPress(event)) || isWriting(event.target)) return;
    event.preventDefault();
    if (!event.repeat && !isAsking()) void undoLast(runIds);
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => press(event);
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}

/** Undo as the menu means it: in a text where somebody writes, else of the runs that are shown. */
export function undoFromMenu(runIds: readonly string[]): void {
  if (isWriting(document.activeElement)) document.execCommand('undo');
  else if (!isAsking()) void undoLast(runIds);
}
