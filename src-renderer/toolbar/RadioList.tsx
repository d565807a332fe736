import { Radio } from '@mantine/core';
import { type ReactNode, useId } from 'react';

interface Section<T extends string> {
  title?: string;
  choices: readonly { value: T; label: string }[];
}

interface Props<T extends string> {
  label: string;
  /** Those without a choice are left out. */
  sections: readonly Section<T>[];
  value: T;
  onChange: (value: T) => void;
  className?: string;
  /** What finds something in it. */
  search?: ReactNode;
}

/** One of a list, under its name; the list may be divided. */
export function RadioList<T extends string>({
  label,
  sections,
  value,
  onChange,
  className,
  search,
}: Props<T>) {
  const name = useId();
  return (
    <fieldset className="radio-list">
      <legend>{label}</legend>
      {search}
      <div className={className}>
        {sections
          .filter(({ choices }) => choices.length > 0)
          .map(({ title, choices }) => (
            <div key={title}>
              {title && <p className="radio-title">{title}</p>}
              {choices.map((choice) => (
                <Radio
                  key={choice.value}
                  size="xs"
                  name={name}
                  label={choice.label}
                  value={choice.value}
                  checked={choice.value === value}
                  onChange={() => onChange(choice.value)}
                />
              ))}
            </div>
          ))}
      </div>
    </fieldset>
  );
}
