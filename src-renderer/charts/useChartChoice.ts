import { changePreferences, usePreferences } from '../app/usePreferences.ts';
import type { ChartPreferences } from './chart-preferences.ts';

/** What is drawn, as far as somebody chose it. */
export function useChartChoice(): [ChartPreferences, (change: Partial<ChartPreferences>) => void] {
  const { charts } = usePreferences();
  return [charts, changeCharts];
}

function changeCharts(change: Partial<ChartPreferences>): void {
  changePreferences((preferences) => ({ ...preferences, charts: { ...preferences.charts, ...change } }));
}
