import { useSyncExternalStore } from 'react';
import { decodePreferences, encodePreferences, type Preferences } from './preferences.ts';

const storageKey = 'cairn.window.v1';
const listeners = new Set<() => void>();
let current = decodePreferences(localStorage.getItem(storageKey));

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, () => current);
}

export function changePreferences(change: (preferences: Preferences) => Preferences): void {
  current = change(current);
  localStorage.setItem(storageKey, encodePreferences(current));
  for (const listener of listeners) listener();
}
