import type { MeasureRange } from '../versions/measure.ts';
import type { ChartMeasure } from './chart-measures.ts';

interface Props {
  measure: ChartMeasure;
  range: MeasureRange | undefined;
  onRange: (range: MeasureRange) => void;
}

/** The ends of a range as numbers; an empty one is open. */
export function RangeInputs({ measure, range, onRange }: Props) {
  const { low = null, high = null } = range ?? {};
  const input = (name: string, value: number | null, set: (value: number | null) => void) => (
    <input
      type="number"
      step="any"
      aria-label={`${measure.label} ${name}`}
      placeholder={name}
      value={value ?? ''}
      onChange={({ currentTarget }) =>
        set(Number.isNaN(currentTarget.valueAsNumber) ? null : currentTarget.valueAsNumber)
      }
    />
  );
  return (
    <li className="range-inputs">
      {input('from', low, (from) => onRange({ measure, low: from, high }))}
      {input('to', high, (to) => onRange({ measure, low, high: to }))}
    </li>
  );
}
