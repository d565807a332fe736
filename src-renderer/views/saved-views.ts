import {
  asArray,
  asObject,
  decodeLayout,
  encodeLayout,
  isString,
  type TableLayout,
} from '../table/table-layout.ts';
import type { RowFilter } from '../versions/filter-rows.ts';

/** A query and a layout under a name, to come back to. */
export interface SavedView {
  name: string;
  /** The folder of the run that it is of, {@link severalRuns} for the table of several; null for all tables. */
  folder: string | null;
  query: string;
  layout: TableLayout;
}

/** No folder: what views of the table of several runs are kept under. */
export const severalRuns = ':several-runs';

type Named = Pick<SavedView, 'name' | 'folder'>;

/** So many views are kept, those saved last. */
const kept = 200;

/** The views to offer for a run: its own and those for all runs, by name. */
export function viewsFor(views: readonly SavedView[], folder: string): SavedView[] {
  const own = views.filter((view) => view.folder === null || view.folder === folder);
  return own.toSorted((a, b) => a.name.localeCompare(b.name));
}

/** With a view, which takes the place of one of the same name. */
export function withView(views: readonly SavedView[], view: SavedView): SavedView[] {
  return [...withoutView(views, view), view].slice(-kept);
}

export function withoutView(views: readonly SavedView[], named: Named): SavedView[] {
  return views.filter((view) => !isSame(view, named));
}

/** A view under another name; all as they are where another has that name. */
export function renameView(views: readonly SavedView[], view: SavedView, name: string): readonly SavedView[] {
  const renamed = { ...view, name };
  return isTaken(views, renamed) ? views : withView(withoutView(views, view), renamed);
}

/** Whether there is a view of that name, for that run or for all. */
export function isTaken(views: readonly SavedView[], named: Named): boolean {
  return views.some((view) => isSame(view, named));
}

function isSame(view: Named, other: Named): boolean {
  return view.name === other.name && view.folder === other.folder;
}

/** Whether rows are left out by more than the query: no view keeps that. */
export function isNarrowed({ onlyProblems, ranges }: RowFilter): boolean {
  return onlyProblems || ranges.length > 0;
}

/** Whether a view is what is shown. */
export function isShown(view: SavedView, filter: RowFilter, layout: TableLayout): boolean {
  return (
    !isNarrowed(filter) &&
    view.query.trim() === filter.text.trim() &&
    JSON.stringify(encodeLayout(view.layout)) === JSON.stringify(encodeLayout(layout))
  );
}

export function encodeViews(views: readonly SavedView[]): object[] {
  return views.map((view) => ({ ...view, layout: encodeLayout(view.layout) }));
}

/** Reads what {@link encodeViews} wrote; what is no view is left out. */
export function decodeViews(value: unknown): SavedView[] {
  return asArray(value).flatMap((item) => {
    const { name, folder, query, layout } = asObject(item);
    if (!isString(name) || name.trim() === '' || !isString(query)) return [];
    if (folder !== null && !isString(folder)) return [];
    return [{ name, folder, query, layout: decodeLayout(layout) }];
  });
}
