import { NumberInput } from '@mantine/core';

interface Props {
  label: string;
  suffix?: string;
  least: number;
  most: number;
  /** Null while the field is empty. */
  value: number | null;
  onChange: (value: number | null) => void;
}

export function CountField({ label, suffix = '', least, most, value, onChange }: Props) {
  return (
    <NumberInput
      size="xs"
      label={label}
      suffix={suffix}
      min={least}
      max={most}
      clampBehavior="strict"
      allowDecimal={false}
      allowNegative={false}
      thousandSeparator=","
      value={value ?? ''}
      onChange={(next) => onChange(typeof next === 'number' && next >= least ? next : null)}
    />
  );
}
