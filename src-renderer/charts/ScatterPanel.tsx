import { useMemo, useRef, useState } from 'react';
import type { DrawnPicture } from '../plot/export-picture.ts';
import type { View } from '../plot/frame.ts';
import type { Tool } from '../plot/useDrag.ts';
import { ChartPanel, type PanelPlace } from './ChartPanel.tsx';
import type { Charted } from './charted.ts';
import { DirectionsAsked } from './DirectionsAsked.tsx';
import { ExportTool } from './ExportTool.tsx';
import { FarTool } from './FarTool.tsx';
import { axisKey } from './log-axis.ts';
import { PointerTools } from './PointerTools.tsx';
import { ScatterChart } from './ScatterChart.tsx';
import { ScatterControls } from './ScatterControls.tsx';
import { ScatterSummary } from './ScatterSummary.tsx';
import { ScatterTable } from './ScatterTable.tsx';
import { useChartChoice } from './useChartChoice.ts';
import { type ScatterChoice, scatterChoice, useScatter } from './useScatter.ts';
import { useView } from './useView.ts';

interface Props {
  charted: Charted;
  place: PanelPlace;
}

/** Any two measures against each other: every version a point, and the Pareto front of them. */
export function ScatterPanel({ charted, place }: Props) {
  const [charts] = useChartChoice();
  const { measures, usual } = charted;
  const choice = useMemo(() => scatterChoice(measures, charts, usual), [measures, charts, usual]);
  return choice && <Scatter charted={charted} place={place} choice={choice} />;
}

function Scatter({ choice, charted, place }: Props & { choice: ScatterChoice }) {
  const { snapshot, measures, directions, kinds, notes } = charted;
  const [{ fit, far }] = useChartChoice();
  const data = useScatter(snapshot, choice, directions, { fit, far });
  const [tool, setTool] = useState<Tool>('box');
  const drawn = useRef<DrawnPicture | null>(null);
  const [asTable, setAsTable] = useState(false);
  const [view, setView, resetView] = useView<View>([choice.x, choice.y].map(axisKey).join(' '));
  return (
    <ChartPanel
      title="Scatter"
      place={place}
      asTable={asTable}
      onTable={setAsTable}
      controls={
        <ScatterControls
          choice={choice}
          measures={measures}
          directions={directions}
          isByRun={kinds !== null}
        />
      }
      summary={
        <ScatterSummary choice={choice} data={data} zoomed={view !== null} shown={snapshot.shown.length} />
      }
      tools={
        <>
          <PointerTools tool={tool} onTool={setTool} zoomed={view !== null} onReset={resetView} />
          <FarTool hasFar={data.hasFar} onReset={resetView} />
          <ExportTool runs={charted.runs} chart="scatter" drawn={drawn} />
        </>
      }
    >
      <DirectionsAsked measures={[choice.y, choice.x]} directions={directions} />
      {notes(choice.colour ? [choice.y, choice.x, choice.colour] : [choice.y, choice.x])}
      {asTable ? (
        <ScatterTable choice={choice} data={data} charted={charted} />
      ) : (
        <ScatterChart
          choice={choice}
          data={data}
          zoomed={view}
          tool={tool}
          charted={charted}
          drawn={drawn}
          onView={setView}
        />
      )}
    </ChartPanel>
  );
}
