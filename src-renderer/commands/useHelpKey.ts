import { useEffect, useEffectEvent } from 'react';
import { isAsking } from './is-asking.ts';
import { isWriting } from './is-writing.ts';
import { nameOfPress } from './key-names.ts';
import { everywhere } from './shortcuts.ts';

const keys: readonly string[] = everywhere.help.keys;

/** Calls for the list of keys, wherever in the window its key is pressed, but not where somebody writes, or a dialog asks something. */
export function useHelpKey(onHelp: () => void): void {
  const help = useEffectEvent(onHelp);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      // A list of choices goes to the one that begins with what is typed.
      const isTaken = isWriting(event.target) || event.target instanceof HTMLSelectElement;
      if (!isTaken && !isAsking() && keys.includes(nameOfPress(event))) help();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
}
