import { notifications } from '@mantine/notifications';
import { useSyncExternalStore } from 'react';
import { decodePreferences, encodePreferences, type Preferences } from './preferences.ts';

const storageKey = 'cairn.window.v1';
const listeners = new Set<() => void>();
let known = localStorage.getItem(storageKey);
let current = decodePreferences(known);

window.addEventListener('storage', () => {
  if (catchUp()) tell();
});

/** What another window has chosen since counts too. @returns whether it chose anything */
function catchUp(): boolean {
  const stored = localStorage.getItem(storageKey);
  if (stored === known) return false;
  known = stored;
  current = decodePreferences(stored);
  return true;
}

function tell(): void {
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, () => current);
}

/** What cannot be kept counts for as long as the window is open, and that is said. */
export function changePreferences(change: (preferences: Preferences) => Preferences): void {
  catchUp();
  current = change(current);
  const text = encodePreferences(current);
  try {
    localStorage.setItem(storageKey, text);
    known = text;
  } catch {
    notifications.show({
      id: 'preferences-not-kept',
      color: 'var(--mismatch)',
      title: 'This choice could not be saved',
      message:
        'It applies to this window only, because storage is full. Delete saved views you no longer need.',
    });
  }
  tell();
}
