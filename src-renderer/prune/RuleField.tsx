import { CountInput } from '../dialogs/CountInput.tsx';
import { placeOf, sliderPlaces, valueAt } from './prune-rules.ts';

interface Props {
  label: string;
  suffix?: string;
  least: number;
  /** The end of the slider; the field takes more. */
  most: number;
  /** Null for no such rule. */
  value: number | null;
  onChange: (value: number | null) => void;
}

/** A rule as a number, by slider or by field; an empty field is no rule. */
export function RuleField({ label, suffix = '', least, most, value, onChange }: Props) {
  const shown = value === null ? 'no rule' : `${value}${suffix}`;
  return (
    <div className="rule" data-off={value === null || undefined}>
      <span className="rule-label">{label}</span>
      <input
        type="range"
        aria-label={`${label}, slider`}
        aria-valuetext={shown}
        min={0}
        max={sliderPlaces}
        value={value === null ? 0 : placeOf(value, least, most)}
        onChange={({ currentTarget }) => onChange(valueAt(Number(currentTarget.value), least, most))}
      />
      <CountInput
        aria-label={label}
        placeholder="no rule"
        suffix={suffix}
        least={least}
        most={1e12}
        value={value}
        onChange={onChange}
      />
    </div>
  );
}
