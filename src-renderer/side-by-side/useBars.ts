import { useMemo, useState } from 'react';
import { columnNames } from '../../shared/comparison/column-names.ts';
import type { RunSummary } from '../../shared/model/run.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import type { ChartMeasure } from '../charts/chart-measures.ts';
import { useChartChoice } from '../charts/useChartChoice.ts';
import { visibleText } from '../format/visible-text.ts';
import type { MetricInfo } from '../versions/metric-catalog.ts';
import { barMeasures, barPanels, chosenMeasures } from './bar-measures.ts';
import type { BarsContent, BarsMeaning } from './bars-picture.ts';

/** What is drawn as bars, and the ways to change it. */
export interface Bars {
  /** All metrics there are, and the chosen ones among them in their order. */
  measures: readonly ChartMeasure[];
  chosen: readonly ChartMeasure[];
  content: BarsContent;
  onChosen: (ids: readonly string[]) => void;
  onMeaning: (meaning: BarsMeaning) => void;
}

export function useBars(
  { metric, choices }: RunSummary,
  rows: readonly VersionRow[],
  metrics: readonly MetricInfo[],
  baseline: number,
): Bars {
  const [charts, change] = useChartChoice();
  const [meaning, setMeaning] = useState<BarsMeaning>('values');
  const measures = useMemo(() => barMeasures(metrics, { metric }, rows), [metrics, metric, rows]);
  const chosen = useMemo(() => chosenMeasures(measures, charts.bars), [measures, charts.bars]);
  const content = useMemo(
    () => ({
      panels: barPanels(chosen, { metric, choices }, rows),
      versions: columnNames(rows).map(visibleText),
      baseline,
      meaning,
    }),
    [chosen, metric, choices, rows, baseline, meaning],
  );
  return { measures, chosen, content, onChosen: (bars) => change({ bars }), onMeaning: setMeaning };
}
