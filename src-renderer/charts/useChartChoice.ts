import { changePreferences, usePreferences } from '../app/usePreferences.ts';
import type { ChartMeasure } from './chart-measures.ts';
import type { ChartPreferences } from './chart-preferences.ts';

/** What is drawn, as far as somebody chose it. */
export function useChartChoice(): [ChartPreferences, (change: Partial<ChartPreferences>) => void] {
  const { charts } = usePreferences();
  return [charts, changeCharts];
}

function changeCharts(change: Partial<ChartPreferences>): void {
  changePreferences((preferences) => ({ ...preferences, charts: { ...preferences.charts, ...change } }));
}

/** The first of these ids that this run has a measure for. */
export function firstMeasure(
  measures: readonly ChartMeasure[],
  ids: readonly (string | null | undefined)[],
): ChartMeasure | null {
  for (const id of ids) {
    const found = measures.find((measure) => measure.id === id);
    if (found) return found;
  }
  return null;
}
