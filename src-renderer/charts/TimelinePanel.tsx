import { memo, useMemo, useRef, useState } from 'react';
import type { DrawnPicture } from '../plot/export-picture.ts';
import type { Tool } from '../plot/useDrag.ts';
import { ChartPanel, type PanelPlace } from './ChartPanel.tsx';
import type { Charted } from './charted.ts';
import { ExportTool } from './ExportTool.tsx';
import { axisKey } from './log-axis.ts';
import { flagsOver } from './milestones.ts';
import { PointerTools } from './PointerTools.tsx';
import { TimelineChart } from './TimelineChart.tsx';
import { TimelineControls } from './TimelineControls.tsx';
import { TimelineSummary } from './TimelineSummary.tsx';
import { TimelineTable } from './TimelineTable.tsx';
import { useChartChoice } from './useChartChoice.ts';
import { useMilestones } from './useMilestones.ts';
import { type TimelineChoice, type TimelineView, timelineChoice, useTimeline } from './useTimeline.ts';
import { useView } from './useView.ts';

interface Props {
  charted: Charted;
  place: PanelPlace;
}

/** Measures over the course of training, with the best so far. */
export const TimelinePanel = memo(function TimelinePanel({ charted, place }: Props) {
  const [charts] = useChartChoice();
  const { measures, usual } = charted;
  const choice = useMemo(() => timelineChoice(measures, charts, usual), [measures, charts, usual]);
  return choice && <Timeline charted={charted} place={place} choice={choice} />;
});

function Timeline({ choice, charted, place }: Props & { choice: TimelineChoice }) {
  const { runs, measures, directions, usual, notes } = charted;
  const [{ milestones: wanted, fit }] = useChartChoice();
  const data = useTimeline(charted, choice, fit);
  // Another array comes with every change of a version, but with none of what is shown of them.
  const { x } = data;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each stands for a state of the runs
  const revision = useMemo(() => ({}), [x, runs]);
  const milestones = useMilestones(runs, revision, wanted);
  const flags = useMemo(() => flagsOver(milestones.all, choice.over), [milestones, choice.over]);
  const [tool, setTool] = useState<Tool>('box');
  const drawn = useRef<DrawnPicture | null>(null);
  const [asTable, setAsTable] = useState(false);
  const shows = [choice.over, ...choice.strips].map(axisKey).join(' ');
  const [view, setView, resetView] = useView<TimelineView>(shows);
  return (
    <ChartPanel
      title="Timeline"
      place={place}
      asTable={asTable}
      onTable={setAsTable}
      controls={<TimelineControls choice={choice} measures={measures} directions={directions} />}
      summary={
        <TimelineSummary
          choice={choice}
          data={data}
          stepless={usual.stepless}
          milestones={milestones}
          placed={flags.length}
        />
      }
      tools={
        <>
          <PointerTools tool={tool} onTool={setTool} zoomed={view !== null} onReset={resetView} />
          <ExportTool runs={runs} chart="timeline" drawn={drawn} />
        </>
      }
    >
      {notes(choice.strips)}
      {asTable ? (
        <TimelineTable choice={choice} data={data} charted={charted} milestones={milestones.all} />
      ) : (
        <TimelineChart
          choice={choice}
          data={data}
          view={view}
          tool={tool}
          charted={charted}
          flags={flags}
          drawn={drawn}
          onView={setView}
        />
      )}
    </ChartPanel>
  );
}
