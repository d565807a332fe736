import { NativeSelect } from '@mantine/core';
import { memo } from 'react';
import { AxisPicker } from './AxisPicker.tsx';
import type { ChartMeasure } from './chart-measures.ts';
import { measureOptions } from './measure-options.ts';
import { useChartChoice } from './useChartChoice.ts';
import type { Directions } from './useDirections.ts';
import type { ScatterChoice } from './useScatter.ts';

interface Props {
  choice: ScatterChoice;
  measures: readonly ChartMeasure[];
  directions: Directions;
  /** Whether points that no measure colours have the colour of their run. */
  isByRun: boolean;
}

/** What goes up, what goes across, and what colours the points; none of that changes while a range is drawn. */
export const ScatterControls = memo(function ScatterControls({
  choice: { x, y, colour },
  measures,
  directions,
  isByRun,
}: Props) {
  const [, change] = useChartChoice();
  return (
    <>
      <AxisPicker
        label="Up"
        measures={measures}
        value={y}
        directions={directions}
        onChange={(up) => change({ up })}
      />
      <span className="chart-pair">
        <span className="chart-word">against</span>
        <AxisPicker
          label="Across"
          measures={measures}
          value={x}
          directions={directions}
          onChange={(across) => change({ across })}
        />
      </span>
      <NativeSelect
        size="xs"
        aria-label="Coloured by"
        title={colour?.label}
        value={colour?.id ?? ''}
        data={[{ value: '', label: isByRun ? 'by run' : 'one colour' }, ...measureOptions(measures, 'by ')]}
        onChange={({ currentTarget }) => change({ colour: currentTarget.value || null })}
      />
    </>
  );
});
