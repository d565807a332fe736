import type { Direction } from '../../shared/model/metric.ts';
import { Choice } from './Choice.tsx';

const ends = [
  { value: 'max' as const, label: '↑', name: 'Higher is better' },
  { value: 'min' as const, label: '↓', name: 'Lower is better' },
];

interface Props {
  /** Of what, as it is shown. */
  of: string;
  /** Null where nobody has said it. */
  value: Direction | null;
  onChange: (end: Direction) => void;
}

/** Which end of something is better: nothing is taken for it that nobody has said. */
export function EndChoice({ of, value, onChange }: Props) {
  return <Choice label={`The better end of ${of}`} choices={ends} value={value} onChange={onChange} />;
}
