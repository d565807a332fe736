import { memo, useMemo, useRef, useState } from 'react';
import { plural } from '../format/plural.ts';
import type { DrawnPicture } from '../plot/export-picture.ts';
import { withRange } from '../versions/measure.ts';
import { AxesMenu } from './AxesMenu.tsx';
import { ChartPanel, type PanelPlace } from './ChartPanel.tsx';
import { ChartSummary } from './ChartSummary.tsx';
import { ChartTable } from './ChartTable.tsx';
import type { Charted } from './charted.ts';
import { ExportTool } from './ExportTool.tsx';
import { ParallelChart } from './ParallelChart.tsx';
import { measureColumns } from './point-words.ts';
import { useChartChoice } from './useChartChoice.ts';
import { parallelAxes } from './useParallel.ts';

interface Props {
  charted: Charted;
  place: PanelPlace;
}

/** Several measures side by side, every version a line through them; a range of one leaves those that lie in it, everywhere. */
export const ParallelPanel = memo(function ParallelPanel({ charted, place }: Props) {
  const { runs, store, snapshot, measures, usual, notes } = charted;
  const [charts, change] = useChartChoice();
  const drawn = useRef<DrawnPicture | null>(null);
  const [asTable, setAsTable] = useState(false);
  const axes = useMemo(() => parallelAxes(measures, charts, usual), [measures, charts, usual]);
  const { shown, filter } = snapshot;
  const ask = (range: Parameters<typeof withRange>[1]) => {
    const before = store.snapshot().filter;
    store.setFilter({ ...before, ranges: withRange(before.ranges, range), typing: false });
  };
  return (
    <ChartPanel
      title="Parallel coordinates"
      wide
      place={place}
      asTable={asTable}
      onTable={setAsTable}
      controls={
        <AxesMenu
          label="Axes and ranges"
          measures={measures}
          axes={axes}
          ranges={filter.ranges}
          onAxes={(ids) => change({ axes: ids })}
          onRange={ask}
        />
      }
      summary={
        <ChartSummary>
          <span data-lines={shown.length}>{plural(shown.length, 'line')}</span>
          <span>Drag along an axis to keep what lies there</span>
        </ChartSummary>
      }
      tools={<ExportTool runs={runs} chart="parallel" drawn={drawn} />}
    >
      {notes(axes)}
      {asTable ? (
        <ChartTable
          caption={`${plural(shown.length, 'version')} by ${axes.map(({ label }) => label).join(', ')}`}
          slots={shown}
          columns={measureColumns(charted, axes)}
        />
      ) : (
        <ParallelChart axes={axes} charted={charted} drawn={drawn} onRange={ask} />
      )}
    </ChartPanel>
  );
});
