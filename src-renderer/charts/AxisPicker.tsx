import { NativeSelect } from '@mantine/core';
import type { ChartMeasure } from './chart-measures.ts';
import { DirectionChoice } from './DirectionChoice.tsx';
import { measureOptions } from './measure-options.ts';
import type { Directions } from './useDirections.ts';

interface Props {
  label: string;
  measures: readonly ChartMeasure[];
  value: ChartMeasure;
  directions: Directions;
  onChange: (id: string) => void;
}

/** What an axis shows, and which of its ends is better. */
export function AxisPicker({ label, measures, value, directions, onChange }: Props) {
  return (
    <div className="axis-picker">
      <NativeSelect
        size="xs"
        aria-label={label}
        title={value.label}
        value={value.id}
        data={measureOptions(measures)}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
      <DirectionChoice measure={value} directions={directions} />
    </div>
  );
}
