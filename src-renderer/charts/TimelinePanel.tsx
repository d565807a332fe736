import { NativeSelect } from '@mantine/core';
import { useMemo, useRef, useState } from 'react';
import type { RunSummary } from '../../shared/model/run.ts';
import type { DrawnPicture } from '../plot/export-picture.ts';
import type { Tool } from '../plot/useDrag.ts';
import type { RunStore } from '../versions/run-store.ts';
import type { VersionsSnapshot } from '../versions/versions-store.ts';
import { AxesMenu } from './AxesMenu.tsx';
import { ChartPanel, type PanelPlace } from './ChartPanel.tsx';
import type { ChartMeasure } from './chart-measures.ts';
import { DirectionChoice } from './DirectionChoice.tsx';
import { ExportTool } from './ExportTool.tsx';
import { PointerTools } from './PointerTools.tsx';
import { TimelineChart } from './TimelineChart.tsx';
import { TimelineTable } from './TimelineTable.tsx';
import { useChartChoice } from './useChartChoice.ts';
import { type Directions, useDirections } from './useDirections.ts';
import {
  alongIds,
  type TimelineChoice,
  type TimelineView,
  timelineChoice,
  useTimeline,
  usualAlong,
} from './useTimeline.ts';
import { useView } from './useView.ts';

interface Props {
  run: RunSummary;
  store: RunStore;
  snapshot: VersionsSnapshot;
  measures: readonly ChartMeasure[];
  place: PanelPlace;
}

/** Measures over the course of the run, with the best so far. */
export function TimelinePanel(props: Props) {
  const [charts] = useChartChoice();
  const { measures, snapshot } = props;
  const usual = usualAlong(measures, snapshot.list);
  const choice = useMemo(() => timelineChoice(measures, charts, usual), [measures, charts, usual]);
  return choice && <Timeline {...props} choice={choice} />;
}

function Timeline({ choice, run, store, snapshot, measures, place }: Props & { choice: TimelineChoice }) {
  const directions = useDirections(run);
  const data = useTimeline(snapshot, choice, directions);
  const [tool, setTool] = useState<Tool>('box');
  const drawn = useRef<DrawnPicture | null>(null);
  const [asTable, setAsTable] = useState(false);
  const shows = [choice.over, ...choice.strips].map(({ id }) => id).join(' ');
  const [view, setView] = useView<TimelineView>(shows);
  return (
    <ChartPanel
      title="Timeline"
      place={place}
      asTable={asTable}
      onTable={setAsTable}
      controls={<TimelineControls choice={choice} measures={measures} directions={directions} />}
      summary={
        <p className="chart-summary">
          <span>
            <i className="front-line" aria-hidden="true" /> best so far
          </span>
        </p>
      }
      tools={
        <>
          <PointerTools tool={tool} onTool={setTool} zoomed={view !== null} onReset={() => setView(null)} />
          <ExportTool runId={run.runId} chart="timeline" drawn={drawn} />
        </>
      }
    >
      {asTable ? (
        <TimelineTable choice={choice} data={data} snapshot={snapshot} />
      ) : (
        <TimelineChart
          choice={choice}
          data={data}
          view={view}
          tool={tool}
          store={store}
          snapshot={snapshot}
          drawn={drawn}
          onView={setView}
        />
      )}
    </ChartPanel>
  );
}

interface ControlProps {
  choice: TimelineChoice;
  measures: readonly ChartMeasure[];
  directions: Directions;
}

/** What is shown, over what, and which end of each is better: the best so far goes that way. */
function TimelineControls({ choice: { over, strips }, measures, directions }: ControlProps) {
  const [, change] = useChartChoice();
  const along = measures.filter(({ id }) => alongIds.includes(id));
  return (
    <>
      <AxesMenu
        label="Measures"
        measures={measures}
        axes={strips}
        onAxes={(ids) => change({ strips: ids })}
      />
      <span className="chart-word">over</span>
      <NativeSelect
        size="xs"
        aria-label="Over"
        value={over.id}
        data={along.map(({ id, label }) => ({ value: id, label }))}
        onChange={({ currentTarget }) => change({ over: currentTarget.value })}
      />
      {strips
        .filter((measure) => !directions.isFixed(measure))
        .map((measure) => (
          <span key={measure.id} className="axis-picker">
            {measure.label} <DirectionChoice measure={measure} directions={directions} />
          </span>
        ))}
    </>
  );
}
