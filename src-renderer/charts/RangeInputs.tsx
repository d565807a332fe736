import { NativeSelect } from '@mantine/core';
import type { MeasureRange, RangeEnd } from '../versions/measure.ts';
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
  value: RangeEnd;
  onValue: (value: RangeEnd) => void;
}

function NumberInput({ measure, name, value, onValue }: InputProps) {
  return (
    <input
      type="number"
      step="any"
      aria-label={`${measure.label} ${name}`}
      placeholder={name}
      value={typeof value === 'number' ? value : ''}
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
      value={placeOf(words, value)}
      data={[
        { value: '', label: name },
        ...words.map((word, place) => ({ value: String(place), label: word })),
      ]}
      onChange={({ currentTarget }) =>
        onValue(currentTarget.value === '' ? null : (words[Number(currentTarget.value)] ?? null))
      }
    />
  );
}

/** The place of a word, as the value of its option; the empty one where it has none. */
function placeOf(words: readonly string[], end: RangeEnd): string {
  const place = end === null ? -1 : words.indexOf(String(end));
  return place < 0 ? '' : String(place);
}
