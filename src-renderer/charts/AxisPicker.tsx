import { NativeSelect } from '@mantine/core';
import { Choice } from '../choice/Choice.tsx';
import type { ChartMeasure } from './chart-measures.ts';
import type { Directions } from './useDirections.ts';

interface Props {
  label: string;
  measures: readonly ChartMeasure[];
  value: ChartMeasure;
  directions: Directions;
  onChange: (id: string) => void;
}

const ends = [
  { value: 'max' as const, label: '↑', name: 'More is better' },
  { value: 'min' as const, label: '↓', name: 'Less is better' },
];

/** What an axis shows, and which of its ends is better. */
export function AxisPicker({ label, measures, value, directions, onChange }: Props) {
  const direction = directions.of(value);
  return (
    <div className="axis-picker">
      <NativeSelect
        size="xs"
        aria-label={label}
        value={value.id}
        data={measures.map(({ id, label: text }) => ({ value: id, label: text }))}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
      {directions.isFixed(value) ? (
        <span className="axis-end" title="The run is ranked by this metric, this way round">
          {direction === 'max' ? '↑ better' : '↓ better'}
        </span>
      ) : (
        <Choice
          label={`The better end of ${value.label}`}
          choices={ends}
          value={direction}
          onChange={(end) => directions.tell(value, end)}
        />
      )}
    </div>
  );
}
