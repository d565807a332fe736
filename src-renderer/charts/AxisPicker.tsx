import { NativeSelect } from '@mantine/core';
import type { ChartMeasure } from './chart-measures.ts';
import { DirectionChoice } from './DirectionChoice.tsx';
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
        value={value.id}
        data={measures.map(({ id, label: text }) => ({ value: id, label: text }))}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
      <DirectionChoice measure={value} directions={directions} />
    </div>
  );
}
