import {
  type ChartPreferences,
  decodeCharts,
  defaultCharts,
  encodeCharts,
} from '../charts/chart-preferences.ts';
import { asArray, asObject, decodeLayout, encodeLayout, type TableLayout } from '../table/table-layout.ts';

/** What the window remembers between starts; one document, so that it can be read, replaced and forgotten as one. */
export interface Preferences {
  detailsOpen: boolean;
  detailsTab: 'overview' | 'contents';
  detailsWide: boolean;
  charts: ChartPreferences;
  /** The layout for each set of metrics, the least recently changed first. */
  layouts: ReadonlyMap<string, TableLayout>;
}

export const defaultPreferences: Preferences = {
  detailsOpen: true,
  detailsTab: 'overview',
  detailsWide: false,
  charts: defaultCharts,
  layouts: new Map(),
};

const layoutsKept = 40;

/** Reads stored text; anything that cannot be understood counts as never stored. */
export function decodePreferences(text: string | null): Preferences {
  const { detailsOpen, detailsTab, detailsWide, charts, layouts } = asObject(parse(text));
  const known = asArray(layouts)
    .map(asArray)
    .filter((pair): pair is [string, unknown] => typeof pair[0] === 'string');
  return {
    detailsOpen: detailsOpen !== false,
    detailsTab: detailsTab === 'contents' ? 'contents' : 'overview',
    detailsWide: detailsWide === true,
    charts: decodeCharts(charts),
    layouts: new Map(known.map(([key, layout]) => [key, decodeLayout(layout)])),
  };
}

export function encodePreferences({ layouts, charts, ...plain }: Preferences): string {
  const encoded = [...layouts].slice(-layoutsKept).map(([key, layout]) => [key, encodeLayout(layout)]);
  return JSON.stringify({ ...plain, charts: encodeCharts(charts), layouts: encoded });
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

function parse(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return null;
  }
}
