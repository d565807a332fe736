import { TextInput } from '@mantine/core';
import { useClickOutside } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useLayoutEffect, useRef } from 'react';
import './palette.css';

/** Keys that choose among what is found, and do it. */
const choosing = ['ArrowDown', 'ArrowUp', 'Enter'] as const;
type ChoosingKey = (typeof choosing)[number];
const stayHere: ReadonlySet<string> = new Set([...choosing, 'Tab']);

/** What somebody typed who asked for the palette before it was there. */
export interface Awaited {
  text: string;
  /** Pressed since the text was changed last; nothing comes after Enter. */
  keys: readonly ChoosingKey[];
}

export const nothingTyped: Awaited = { text: '', keys: [] };

interface Props {
  awaited: Awaited;
  onChange: (awaited: Awaited) => void;
  onLeave: () => void;
}

/** Takes what is typed before the palette is there. What had the focus has it again when this goes. */
export function AwaitedField({ awaited, onChange, onLeave }: Props) {
  const field = useRef<HTMLInputElement>(null);
  const around = useClickOutside<HTMLDivElement>(onLeave);
  useLayoutEffect(() => {
    const before = document.activeElement;
    field.current?.focus({ preventScroll: true });
    return () => {
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, []);
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') return onLeave();
    if (stayHere.has(event.key)) event.preventDefault();
    onChange(withKey(awaited, event.key));
  };
  return (
    <div ref={around} className="palette-awaited">
      <TextInput
        ref={field}
        size="lg"
        aria-label="Find a command"
        placeholder="What do you want to do?"
        leftSection={<IconSearch size={16} stroke={1.75} />}
        readOnly={isDone(awaited)}
        value={awaited.text}
        onChange={({ currentTarget }) => onChange({ text: currentTarget.value, keys: [] })}
        onKeyDown={press}
      />
    </div>
  );
}

function isDone({ keys }: Awaited): boolean {
  return keys.includes('Enter');
}

function withKey(awaited: Awaited, pressed: string): Awaited {
  const key = choosing.find((each) => each === pressed);
  return key && !isDone(awaited) ? { ...awaited, keys: [...awaited.keys, key] } : awaited;
}
