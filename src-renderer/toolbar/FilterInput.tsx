import { CloseButton, TextInput } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useRef } from 'react';
import type { RowFilter } from '../versions/filter-rows.ts';
import type { RunStore } from '../versions/run-store.ts';

interface Props {
  store: RunStore;
  filter: RowFilter;
  onLeave: () => void;
}

/** The text filter; `/` or Ctrl+F comes here, Esc clears it and goes back to the table, ↓ goes there too. */
export function FilterInput({ store, filter, onLeave }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const focus = () => {
    input.current?.focus();
    input.current?.select();
  };
  useHotkeys([['/', focus]]);
  useHotkeys([['mod+F', focus]], []);
  const setText = (text: string) => store.setFilter({ ...filter, text });
  const press = ({ key }: KeyboardEvent) => {
    if (key === 'Escape') setText('');
    if (key === 'Escape' || key === 'ArrowDown' || key === 'Enter') onLeave();
  };
  return (
    <TextInput
      ref={input}
      className="filter-input"
      size="xs"
      type="search"
      aria-label="Filter versions"
      placeholder="Filter by name, kind, tag or state"
      value={filter.text}
      leftSection={<IconSearch size={15} stroke={1.75} />}
      rightSection={
        filter.text === '' ? (
          <kbd className="filter-key">/</kbd>
        ) : (
          <CloseButton size="xs" aria-label="Clear the filter" onClick={() => setText('')} />
        )
      }
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={press}
    />
  );
}
