import { useMemo, useRef, useState } from 'react';
import type { RunSummary } from '../../shared/model/run.ts';
import { HyperparameterNotes } from '../hyperparameters/HyperparameterNotes.tsx';
import type { Detail } from '../plot/detail.ts';
import type { DrawnPicture } from '../plot/export-picture.ts';
import type { View } from '../plot/frame.ts';
import type { Tool } from '../plot/useDrag.ts';
import type { RunStore } from '../versions/run-store.ts';
import type { VersionsSnapshot } from '../versions/versions-store.ts';
import { ChartPanel, type PanelPlace } from './ChartPanel.tsx';
import type { ChartMeasure } from './chart-measures.ts';
import { DirectionsAsked } from './DirectionsAsked.tsx';
import { ExportTool } from './ExportTool.tsx';
import { PointerTools } from './PointerTools.tsx';
import { ScatterChart } from './ScatterChart.tsx';
import { ScatterControls } from './ScatterControls.tsx';
import { ScatterSummary } from './ScatterSummary.tsx';
import { ScatterTable } from './ScatterTable.tsx';
import { useChartChoice } from './useChartChoice.ts';
import { useDirections } from './useDirections.ts';
import { type ScatterChoice, scatterChoice, useScatter } from './useScatter.ts';
import { useView } from './useView.ts';

interface Props {
  run: RunSummary;
  store: RunStore;
  snapshot: VersionsSnapshot;
  measures: readonly ChartMeasure[];
  detail: Detail;
  place: PanelPlace;
}

/** Any two measures against each other: every version a point, and the Pareto front of them. */
export function ScatterPanel(props: Props) {
  const [charts] = useChartChoice();
  const choice = useMemo(() => scatterChoice(props.measures, charts), [props.measures, charts]);
  return choice && <Scatter {...props} choice={choice} />;
}

function Scatter({
  choice,
  run,
  store,
  snapshot,
  measures,
  detail,
  place,
}: Props & { choice: ScatterChoice }) {
  const directions = useDirections(run);
  const data = useScatter(snapshot, choice, directions);
  const [tool, setTool] = useState<Tool>('box');
  const drawn = useRef<DrawnPicture | null>(null);
  const [asTable, setAsTable] = useState(false);
  const [view, setView, resetView] = useView<View>(`${choice.x.id} ${choice.y.id}`);
  return (
    <ChartPanel
      title="Scatter"
      place={place}
      asTable={asTable}
      onTable={setAsTable}
      controls={<ScatterControls choice={choice} measures={measures} directions={directions} />}
      summary={<ScatterSummary data={data} shown={snapshot.shown.length} />}
      tools={
        <>
          <PointerTools tool={tool} onTool={setTool} zoomed={view !== null} onReset={resetView} />
          <ExportTool runId={run.runId} chart="scatter" drawn={drawn} />
        </>
      }
    >
      <DirectionsAsked measures={[choice.y, choice.x]} directions={directions} />
      <HyperparameterNotes
        store={store}
        snapshot={snapshot}
        measures={choice.colour ? [choice.y, choice.x, choice.colour] : [choice.y, choice.x]}
      />
      {asTable ? (
        <ScatterTable choice={choice} data={data} snapshot={snapshot} />
      ) : (
        <ScatterChart
          choice={choice}
          data={data}
          view={view ?? data.view}
          tool={tool}
          directions={directions}
          store={store}
          snapshot={snapshot}
          detail={detail}
          drawn={drawn}
          onView={setView}
        />
      )}
    </ChartPanel>
  );
}
