import { useEffect, useEffectEvent } from 'react';
import { isWriting } from '../commands/is-writing.ts';
import { nameOfPress } from '../commands/key-names.ts';
import { everywhere } from '../commands/shortcuts.ts';
import { undoLast } from './show-way-back.tsx';

const keys: readonly string[] = everywhere.undo.keys;

/** Takes back the last thing that was done to the run that is shown, but not where somebody writes, or a dialog asks something. */
export function useUndoKey(runId: string | null): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (!keys.includes(nameOfPress(event)) || isWriting(event.target)) return;
    event.preventDefault();
    if (!event.repeat && !isAsking()) void undoLast(runId);
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => press(event);
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}

/** Undo as the menu means it: in a text where somebody writes, else of the run. */
export function undoFromMenu(runId: string | null): void {
  if (isWriting(document.activeElement)) document.execCommand('undo');
  else if (!isAsking()) void undoLast(runId);
}

/** Whether a dialog stands before everything else. */
function isAsking(): boolean {
  return document.querySelector('[aria-modal="true"]') !== null;
}
