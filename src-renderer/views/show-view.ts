import type { RunTable } from '../run/useRunTable.ts';
import { showAll } from '../versions/filter-rows.ts';
import type { VersionsStore } from '../versions/versions-store.ts';
import type { SavedView } from './saved-views.ts';

/** Shows what a view keeps: its query, and the table as it was arranged. */
export function showView(store: VersionsStore, { changeLayout }: RunTable, view: SavedView): void {
  store.setFilter({ ...showAll, text: view.query });
  changeLayout(() => view.layout);
}
