import { useMemo, useRef, useState } from 'react';
import type { RunSummary } from '../../shared/model/run.ts';
import { HyperparameterNotes } from '../hyperparameters/HyperparameterNotes.tsx';
import type { Detail } from '../plot/detail.ts';
import type { DrawnPicture } from '../plot/export-picture.ts';
import type { Tool } from '../plot/useDrag.ts';
import type { RunStore } from '../versions/run-store.ts';
import type { VersionsSnapshot } from '../versions/versions-store.ts';
import { ChartPanel, type PanelPlace } from './ChartPanel.tsx';
import type { ChartMeasure } from './chart-measures.ts';
import { ExportTool } from './ExportTool.tsx';
import { flagsOver } from './milestones.ts';
import { PointerTools } from './PointerTools.tsx';
import { TimelineChart } from './TimelineChart.tsx';
import { TimelineControls } from './TimelineControls.tsx';
import { TimelineSummary } from './TimelineSummary.tsx';
import { TimelineTable } from './TimelineTable.tsx';
import { useChartChoice } from './useChartChoice.ts';
import { useDirections } from './useDirections.ts';
import { useMilestones } from './useMilestones.ts';
import {
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
  detail: Detail;
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

function Timeline({
  choice,
  run,
  store,
  snapshot,
  measures,
  detail,
  place,
}: Props & { choice: TimelineChoice }) {
  const directions = useDirections(run);
  const data = useTimeline(snapshot, choice, directions);
  const [{ milestones: wanted }] = useChartChoice();
  // Another array comes with every change of a version, but with none of what is shown of them.
  const { x } = data;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each stands for a state of the run
  const revision = useMemo(() => ({}), [x, run]);
  const milestones = useMilestones(run.runId, revision, wanted);
  const flags = useMemo(() => flagsOver(milestones.all, choice.over), [milestones, choice.over]);
  const [tool, setTool] = useState<Tool>('box');
  const drawn = useRef<DrawnPicture | null>(null);
  const [asTable, setAsTable] = useState(false);
  const shows = [choice.over, ...choice.strips].map(({ id }) => id).join(' ');
  const [view, setView, resetView] = useView<TimelineView>(shows);
  return (
    <ChartPanel
      title="Timeline"
      place={place}
      asTable={asTable}
      onTable={setAsTable}
      controls={<TimelineControls choice={choice} measures={measures} directions={directions} />}
      summary={<TimelineSummary choice={choice} data={data} milestones={milestones} placed={flags.length} />}
      tools={
        <>
          <PointerTools tool={tool} onTool={setTool} zoomed={view !== null} onReset={resetView} />
          <ExportTool runId={run.runId} chart="timeline" drawn={drawn} />
        </>
      }
    >
      <HyperparameterNotes store={store} snapshot={snapshot} measures={choice.strips} />
      {asTable ? (
        <TimelineTable choice={choice} data={data} snapshot={snapshot} milestones={milestones.all} />
      ) : (
        <TimelineChart
          choice={choice}
          data={data}
          view={view}
          tool={tool}
          store={store}
          snapshot={snapshot}
          detail={detail}
          flags={flags}
          drawn={drawn}
          onView={setView}
        />
      )}
    </ChartPanel>
  );
}
