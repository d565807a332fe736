import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useLayoutEffect, useRef } from 'react';
import './palette.css';

interface Props {
  value: string;
  onChange: (value: string) => void;
  onLeave: () => void;
}

/** Takes what is typed before the palette is there. What had the focus has it again when this goes. */
export function AwaitedField({ value, onChange, onLeave }: Props) {
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    const before = document.activeElement;
    field.current?.focus({ preventScroll: true });
    return () => {
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, []);
  return (
    <TextInput
      ref={field}
      className="palette-awaited"
      size="lg"
      aria-label="Find a command"
      placeholder="What do you want to do?"
      leftSection={<IconSearch size={16} stroke={1.75} />}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      onKeyDown={({ key }) => key === 'Escape' && onLeave()}
    />
  );
}
