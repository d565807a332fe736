import {
  asArray,
  asObject,
  decodeLayout,
  encodeLayout,
  isString,
  type TableLayout,
} from '../table/table-layout.ts';

/** A query and a layout under a name, to come back to. */
export interface SavedView {
  name: string;
  /** The folder of the run that it is of; null for all runs. */
  folder: string | null;
  query: string;
  layout: TableLayout;
}

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

/** A view under another name; one that has that name already gives way. */
export function renameView(views: readonly SavedView[], view: SavedView, name: string): SavedView[] {
  return withView(withoutView(views, view), { ...view, name });
}

function isSame(view: Named, other: Named): boolean {
  return view.name === other.name && view.folder === other.folder;
}

/** Whether a view is what is shown. */
export function isShown(view: SavedView, query: string, layout: TableLayout): boolean {
  return (
    view.query.trim() === query.trim() &&
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
