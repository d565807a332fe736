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
  /** The layouts of tables, the least recently changed first: each for a set of metrics, and for the folder of the run. */
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

/** Of a run two are kept. */
const layoutsKept = 80;

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

/** @param keys all that it is kept under */
export function withLayout(
  preferences: Preferences,
  keys: readonly string[],
  layout: TableLayout,
): Preferences {
  const others = [...preferences.layouts].filter(([key]) => !keys.includes(key));
  const kept = keys.map((key) => [key, layout] as const);
  return { ...preferences, layouts: new Map([...others, ...kept]) };
}

/** Of the layouts under these keys the one that was changed last. */
export function layoutUnder({ layouts }: Preferences, keys: readonly string[]): TableLayout | null {
  return [...layouts].findLast(([key]) => keys.includes(key))?.[1] ?? null;
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
