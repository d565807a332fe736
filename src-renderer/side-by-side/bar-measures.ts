import { isProblem } from '../../shared/model/integrity.ts';
import { agreedDirection, type DirectedRun } from '../../shared/model/metric.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { type ChartMeasure, chartMeasures } from '../charts/chart-measures.ts';
import type { MetricInfo } from '../versions/metric-catalog.ts';
import type { BarsPanel } from './bars-picture.ts';

/** So many are drawn: more would be a picture longer than a screen can hold. */
export const mostPanels = 24;
const panelsAtFirst = 6;

/** The metrics that any of these versions has a number of, called as in the table. */
export function barMeasures(
  metrics: readonly MetricInfo[],
  runs: readonly DirectedRun[],
  rows: readonly VersionRow[],
): ChartMeasure[] {
  return chartMeasures(
    metrics,
    runs.map(({ metric }) => metric),
  ).flatMap((measure) => {
    const { metric, of } = measure;
    if (metric === null || rows.every((row) => of(row) === null)) return [];
    return measure;
  });
}

/** Those that somebody chose, as far as there are any; else the first. */
export function chosenMeasures(
  measures: readonly ChartMeasure[],
  bars: readonly string[] | null,
): ChartMeasure[] {
  const chosen = (bars ?? []).flatMap((id) => measures.find((measure) => measure.id === id) ?? []);
  return chosen.length > 0 ? chosen : measures.slice(0, panelsAtFirst);
}

export function barPanels(
  measures: readonly ChartMeasure[],
  runs: readonly DirectedRun[],
  rows: readonly VersionRow[],
): BarsPanel[] {
  const passedOver = rows.flatMap(({ integrity }, place) => (isProblem(integrity.state) ? [place] : []));
  return measures.slice(0, mostPanels).map(({ label, metric, id, of }) => ({
    label,
    metric: metric ?? id,
    values: rows.map(of),
    passedOver,
    direction: agreedDirection(metric ?? id, runs),
  }));
}
