import { useSyncExternalStore } from 'react';
import type { RunStore } from '../versions/run-store.ts';

/**
 * What the window shows, kept for as long as it lives: where its page stops and is shown anew, it goes on from there. Handles stay
 * what they are meanwhile.
 */
interface KeptView {
  currentId: string | null;
  /** By run. */
  pages: Record<string, string>;
  choices: Record<string, { selected: number; chosen: number[] }>;
}

const storageKey = 'cairn.view.v1';
/** Of a choice of more the selected version alone is kept. */
const mostChosen = 1000;
const listeners = new Set<() => void>();
let view = read();

/** Nobody but this window writes it; what cannot be read is as if it had never been kept. */
function read(): KeptView {
  const fresh = { currentId: null, pages: Object.create(null), choices: Object.create(null) };
  try {
    const kept = JSON.parse(sessionStorage.getItem(storageKey) ?? '{}');
    return { ...fresh, ...kept };
  } catch {
    return fresh;
  }
}

function change(next: KeptView): void {
  view = next;
  sessionStorage.setItem(storageKey, JSON.stringify(view));
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function keptCurrent(): string | null {
  return view.currentId;
}

export function keepCurrent(currentId: string): void {
  change({ ...view, currentId });
}

export function keepPage(runId: string, page: string): void {
  change({ ...view, pages: { ...view.pages, [runId]: page } });
}

/** The page of a run that is shown, or was last; null where none was chosen. */
export function useKeptPage(runId: string): string | null {
  return useSyncExternalStore(subscribe, () => view.pages[runId] ?? null);
}

/** Chooses in a fresh store what was chosen in the one before it, and keeps what is chosen from then on. */
export function keepChoice(store: RunStore): void {
  const { runId } = store;
  const kept = view.choices[runId];
  if (kept) store.showVersion(kept.selected, kept.chosen);
  let { choice } = store.snapshot();
  store.subscribe(() => {
    const now = store.snapshot().choice;
    if (now === choice) return;
    choice = now;
    const { [runId]: _before, ...choices } = view.choices;
    if (now.selected === null) return change({ ...view, choices });
    const chosen = now.chosen.size > mostChosen ? [now.selected] : [...now.chosen];
    change({ ...view, choices: { ...choices, [runId]: { selected: now.selected, chosen } } });
  });
}
