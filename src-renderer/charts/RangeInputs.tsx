import { NativeSelect } from '@mantine/core';
import type { MeasureRange } from '../versions/measure.ts';
import type { ChartMeasure } from './chart-measures.ts';

interface Props {
  measure: ChartMeasure;
  range: MeasureRange | undefined;
  onRange: (range: MeasureRange) => void;
}

/** The ends of a range, as numbers or words; an empty one is open. */
export function RangeInputs({ measure, range, onRange }: Props) {
  const { low = null, high = null } = range ?? {};
  const Input = measure.scale === 'text' ? WordInput : NumberInput;
  return (
    <li className="range-inputs">
      <Input
        measure={measure}
        name="from"
        value={low}
        onValue={(from) => onRange({ measure, low: from, high })}
      />
      <Input measure={measure} name="to" value={high} onValue={(to) => onRange({ measure, low, high: to })} />
    </li>
  );
}

interface InputProps {
  measure: ChartMeasure;
  name: string;
  value: number | null;
  onValue: (value: number | null) => void;
}

function NumberInput({ measure, name, value, onValue }: InputProps) {
  return (
    <input
      type="number"
      step="any"
      aria-label={`${measure.label} ${name}`}
      placeholder={name}
      value={value ?? ''}
      onChange={({ currentTarget: { valueAsNumber } }) =>
        onValue(Number.isNaN(valueAsNumber) ? null : valueAsNumber)
      }
    />
  );
}

function WordInput({ measure, name, value, onValue }: InputProps) {
  const words = measure.words?.() ?? [];
  return (
    <NativeSelect
      size="xs"
      aria-label={`${measure.label} ${name}`}
      value={value ?? ''}
      data={[
        { value: '', label: name },
        ...words.map((word, place) => ({ value: String(place), label: word })),
      ]}
      onChange={({ currentTarget }) =>
        onValue(currentTarget.value === '' ? null : Number(currentTarget.value))
      }
    />
  );
}
