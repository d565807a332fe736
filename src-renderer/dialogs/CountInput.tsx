import { NumberInput, type NumberInputProps } from '@mantine/core';
import { countOf } from './count-of.ts';

interface Props extends Pick<NumberInputProps, 'label' | 'aria-label' | 'placeholder' | 'suffix'> {
  least: number;
  most: number;
  /** Null while the field is empty. */
  value: number | null;
  onChange: (value: number | null) => void;
}

/** A whole number. */
export function CountInput({ least, most, value, onChange, ...field }: Props) {
  return (
    <NumberInput
      {...field}
      size="xs"
      min={least}
      max={most}
      clampBehavior="strict"
      allowDecimal={false}
      allowNegative={false}
      thousandSeparator=","
      value={value ?? ''}
      onChange={(given) => onChange(countOf(given, least))}
    />
  );
}
