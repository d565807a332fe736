import { type ChartPreferences, decodeCharts, defaultCharts } from '../charts/chart-preferences.ts';
import { asArray, asObject, decodeLayout, encodeLayout, type TableLayout } from '../table/table-layout.ts';
import { decodeViews, encodeViews, type SavedView } from '../views/saved-views.ts';

/** What the window remembers between starts; one document, so that it can be read, replaced and forgotten as one. */
export interface Preferences {
  detailsOpen: boolean;
  detailsTab: 'overview' | 'contents';
  detailsWide: boolean;
  /** Pixels; null for the usual width. */
  detailsWidth: number | null;
  charts: ChartPreferences;
  sidebarWidth: number | null;
  /** The layout for each set of metrics, the least recently changed first. */
  layouts: ReadonlyMap<string, TableLayout>;
  views: readonly SavedView[];
  /** Commands that were typed to measure versions, the last one first. */
  evaluators: readonly string[];
}

export const defaultPreferences: Preferences = {
  detailsOpen: true,
  detailsTab: 'overview',
  detailsWide: false,
  detailsWidth: null,
  charts: defaultCharts,
  sidebarWidth: null,
  layouts: new Map(),
  views: [],
  evaluators: [],
};

const layoutsKept = 40;

/** Reads stored text; anything that cannot be understood counts as never stored. */
export function decodePreferences(text: string | null): Preferences {
  const stored = asObject(parse(text));
  const { detailsOpen, detailsTab, detailsWide, charts, layouts, views } = stored;
  const known = asArray(layouts)
    .map(asArray)
    .filter((pair): pair is [string, unknown] => typeof pair[0] === 'string');
  return {
    detailsOpen: detailsOpen !== false,
    detailsTab: detailsTab === 'contents' ? 'contents' : 'overview',
    detailsWide: detailsWide === true,
    detailsWidth: asWidth(stored['detailsWidth']),
    sidebarWidth: asWidth(stored['sidebarWidth']),
    charts: decodeCharts(charts),
    layouts: new Map(known.map(([key, layout]) => [key, decodeLayout(layout)])),
    views: decodeViews(views),
    evaluators: asArray(stored['evaluators']).filter((command) => typeof command === 'string'),
  };
}

export function encodePreferences({ layouts, views, ...plain }: Preferences): string {
  const encoded = [...layouts].slice(-layoutsKept).map(([key, layout]) => [key, encodeLayout(layout)]);
  return JSON.stringify({ ...plain, layouts: encoded, views: encodeViews(views) });
}

export function withLayout(preferences: Preferences, key: string, layout: TableLayout): Preferences {
  const layouts = new Map(preferences.layouts);
  layouts.delete(key);
  return { ...preferences, layouts: layouts.set(key, layout) };
}

/** Runs with the same metrics share a layout. */
export function layoutKey(metricNames: readonly string[]): string {
  return JSON.stringify(metricNames.toSorted());
}

function asWidth(value: unknown): number | null {
  return typeof value === 'number' && value > 0 && Number.isFinite(value) ? value : null;
}

function parse(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return null;
  }
}
