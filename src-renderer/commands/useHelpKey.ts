import { useEffect, useEffectEvent } from 'react';
import { nameOfPress } from './key-names.ts';
import { everywhere } from './shortcuts.ts';

const keys: readonly string[] = everywhere.help.keys;

/** Calls for the list of keys, wherever in the window its key is pressed, but not where somebody writes. */
export function useHelpKey(onHelp: () => void): void {
  const help = useEffectEvent(onHelp);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const isWriting = event.target instanceof Element && event.target.closest('input, textarea, select');
      if (!isWriting && keys.includes(nameOfPress(event))) help();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
}
