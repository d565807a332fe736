import { useMemo } from 'react';
import type { ChartMeasure } from '../charts/chart-measures.ts';
import { useChartChoice } from '../charts/useChartChoice.ts';
import type { MetricInfo } from '../versions/metric-catalog.ts';
import { barMeasures, barPanels, chosenMeasures } from './bar-measures.ts';
import type { BarsContent, BarsMeaning } from './bars-picture.ts';
import { namesOf } from './names-of.ts';
import type { Sides } from './SideBySideFrame.tsx';

/** What is drawn as bars, and the way to draw others. */
export interface Bars {
  /** All metrics there are, and the chosen ones among them in their order. */
  measures: readonly ChartMeasure[];
  chosen: readonly ChartMeasure[];
  content: BarsContent;
  onChosen: (ids: readonly string[]) => void;
}

export function useBars(
  { runs, rows, baseline }: Sides,
  metrics: readonly MetricInfo[],
  meaning: BarsMeaning,
): Bars {
  const [charts, change] = useChartChoice();
  const measures = useMemo(() => barMeasures(metrics, runs.ofAll(rows), rows), [metrics, runs, rows]);
  const chosen = useMemo(() => chosenMeasures(measures, charts.bars), [measures, charts.bars]);
  const content = useMemo(
    () => ({
      panels: barPanels(chosen, runs.ofAll(rows), rows),
      versions: namesOf(rows, runs),
      baseline,
      meaning,
    }),
    [chosen, runs, rows, baseline, meaning],
  );
  return { measures, chosen, content, onChosen: (bars) => change({ bars }) };
}
