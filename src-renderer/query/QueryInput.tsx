import { CloseButton, Input } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import type { KeyboardEvent, RefObject } from 'react';
import { everywhere } from '../commands/shortcuts.ts';
import { usePageKeys } from '../commands/usePageKeys.ts';
import { optionId } from './SuggestionList.tsx';
import type { QueryText } from './useQueryText.ts';
import type { Suggestions } from './useSuggestions.ts';

interface Props {
  input: RefObject<HTMLInputElement | null>;
  query: QueryText;
  label: string;
  placeholder: string;
  suggestions: Suggestions;
  /** Of what stands below, while it does. */
  ids: { list: string | undefined; fault: string | undefined };
  onKeyDown: (event: KeyboardEvent) => void;
  /** How far its text is scrolled, in pixels. */
  onScroll: (left: number) => void;
}

/** The line to type into; `/` or Ctrl+F comes here. */
export function QueryInput({
  input,
  query,
  label,
  placeholder,
  suggestions,
  ids,
  onKeyDown,
  onScroll,
}: Props) {
  const { text, setText, wrong, onFocus, onBlur } = query;
  const { chosen, moved, close } = suggestions;
  const focus = () => {
    input.current?.focus();
    input.current?.select();
  };
  const [plain, held] = everywhere.filter.keys;
  usePageKeys([[plain, focus]]);
  usePageKeys([[held, focus]], []);
  const clear = <CloseButton size="xs" aria-label="Clear the filter" onClick={() => setText('')} />;
  return (
    <Input
      ref={input}
      size="xs"
      withAria={false}
      role="combobox"
      aria-label={label}
      aria-autocomplete="list"
      aria-haspopup="listbox"
      aria-expanded={ids.list !== undefined}
      aria-controls={ids.list}
      aria-activedescendant={chosen >= 0 && ids.list ? optionId(ids.list, chosen) : undefined}
      aria-describedby={ids.fault}
      aria-invalid={wrong !== null}
      autoComplete="off"
      spellCheck={false}
      placeholder={placeholder}
      value={text}
      leftSection={<IconSearch size={15} stroke={1.75} />}
      rightSectionPointerEvents={text === '' ? 'none' : 'all'}
      rightSection={text === '' ? <kbd className="filter-key">/</kbd> : clear}
      onChange={({ currentTarget: { value, selectionStart } }) => {
        setText(value);
        moved(selectionStart ?? value.length, true);
      }}
      onSelect={({ currentTarget }) => moved(currentTarget.selectionStart ?? 0)}
      onScroll={({ currentTarget }) => onScroll(currentTarget.scrollLeft)}
      onKeyDown={onKeyDown}
      onFocus={onFocus}
      onBlur={() => {
        close();
        onBlur();
      }}
    />
  );
}
