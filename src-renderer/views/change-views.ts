import type { Result } from '../../shared/failure.ts';
import { changePreferences } from '../app/usePreferences.ts';
import { showWayBack } from '../undo/show-way-back.tsx';
import { isTaken, type SavedView, withoutView, withView } from './saved-views.ts';

export function changeViews(change: (views: readonly SavedView[]) => readonly SavedView[]): void {
  changePreferences((preferences) => ({ ...preferences, views: change(preferences.views) }));
}

export function deleteView(view: SavedView): void {
  changeViews((all) => withoutView(all, view));
  showWayBack({
    done: `View “${view.name}” is deleted`,
    undone: `View “${view.name}” is back`,
    parts: [{ runId: null, operation: null, takeBack: async () => bringBack(view) }],
  });
}

/** It takes the place of no view that got its name since. */
function bringBack(view: SavedView): Result<Record<never, never>> {
  let isNameTaken = false;
  changeViews((all) => {
    isNameTaken = isTaken(all, view);
    return isNameTaken ? all : withView(all, view);
  });
  if (!isNameTaken) return { ok: true, value: {} };
  const message = `Another view is called “${view.name}” by now: rename it to bring this one back`;
  return { ok: false, failure: { code: 'ModelManager', message, path: null } };
}
