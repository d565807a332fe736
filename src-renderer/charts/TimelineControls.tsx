import { NativeSelect, Switch } from '@mantine/core';
import { memo } from 'react';
import { AxesMenu } from './AxesMenu.tsx';
import type { ChartMeasure } from './chart-measures.ts';
import { DirectionChoice } from './DirectionChoice.tsx';
import { useChartChoice } from './useChartChoice.ts';
import type { Directions } from './useDirections.ts';
import type { TimelineChoice } from './useTimeline.ts';
import { alongIds } from './usual-measures.ts';

interface Props {
  choice: TimelineChoice;
  measures: readonly ChartMeasure[];
  directions: Directions;
}

/** What is shown, over what, and which end of each is better: the best so far goes that way. */
export const TimelineControls = memo(function TimelineControls({
  choice: { over, strips },
  measures,
  directions,
}: Props) {
  const [{ milestones }, change] = useChartChoice();
  const along = measures.filter(({ id }) => alongIds.includes(id));
  return (
    <>
      <AxesMenu
        label="Measures"
        measures={measures}
        axes={strips}
        onAxes={(ids) => change({ strips: ids })}
        withLog
      />
      <span className="chart-pair">
        <span className="chart-word">over</span>
        <NativeSelect
          size="xs"
          aria-label="Over"
          value={over.id}
          data={along.map(({ id, label }) => ({ value: id, label }))}
          onChange={({ currentTarget }) => change({ over: currentTarget.value })}
        />
      </span>
      {strips
        .filter((measure) => !directions.isFixed(measure))
        .map((measure) => (
          <span key={measure.id} className="axis-picker">
            <span className="axis-name" title={measure.label}>
              {measure.label}
            </span>
            <DirectionChoice measure={measure} directions={directions} />
          </span>
        ))}
      <Switch
        size="xs"
        label="Backups and prunes"
        checked={milestones}
        onChange={({ currentTarget }) => change({ milestones: currentTarget.checked })}
      />
    </>
  );
});
