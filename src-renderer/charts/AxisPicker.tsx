import { NativeSelect } from '@mantine/core';
import type { ChartMeasure } from './chart-measures.ts';
import { DirectionChoice } from './DirectionChoice.tsx';
import { mayBeLog } from './log-axis.ts';
import { measureOptions } from './measure-options.ts';
import type { Directions } from './useDirections.ts';
import { useLogAxes } from './useLogAxes.ts';

interface Props {
  label: string;
  measures: readonly ChartMeasure[];
  value: ChartMeasure;
  directions: Directions;
  onChange: (id: string) => void;
}

/** What an axis shows, which of its ends is better, and how it is divided. */
export function AxisPicker({ label, measures, value, directions, onChange }: Props) {
  const [logarithmic, setLog] = useLogAxes();
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
      {mayBeLog(value) && (
        <button
          type="button"
          className="axis-log"
          title="Logarithmic axis"
          aria-label={`log axis of ${value.label}`}
          aria-pressed={logarithmic.includes(value.id)}
          onClick={() => setLog(value.id, !logarithmic.includes(value.id))}
        >
          log
        </button>
      )}
    </div>
  );
}
