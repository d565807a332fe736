import { Popover } from '@mantine/core';
import { useId, useRef } from 'react';
import type { KnownWords } from '../../shared/query/language/query-completions.ts';
import { FaultMessage } from './FaultMessage.tsx';
import { QueryInput } from './QueryInput.tsx';
import { QueryMirror } from './QueryMirror.tsx';
import { SuggestionList } from './SuggestionList.tsx';
import { useQueryKeys } from './useQueryKeys.ts';
import type { QueryText } from './useQueryText.ts';
import { useSuggestions } from './useSuggestions.ts';
import './query.css';

interface Props {
  query: QueryText;
  /** What could be written; looked up when it is asked for. Another function, where that may be something else by now. */
  known: () => KnownWords;
  /** What it is called, and what it says while it is empty. */
  label: string;
  placeholder: string;
  onLeave: () => void;
}

/** Words to look for, or a query. What could come next is offered below; what is wrong is underlined and said there. */
export function QueryBox({ query, known, label, placeholder, onLeave }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const mirror = useRef<HTMLDivElement>(null);
  const ids = { list: useId(), fault: useId() };
  const { text, setText, telling, wrong } = query;
  const suggestions = useSuggestions(input, known, text, setText);
  const isOffering = suggestions.items.length > 0;
  // What is offered says it better than a sentence on what is missing.
  const said = isOffering ? telling && wrong : telling;
  const isOpen = isOffering || said !== null;
  const close = () => {
    suggestions.close();
    query.hush();
  };
  const onKeyDown = useQueryKeys(suggestions, {
    isOpen,
    onClose: close,
    onClear: () => setText(''),
    onLeave,
  });
  return (
    <Popover
      opened={isOpen}
      position="bottom-start"
      offset={4}
      shadow="md"
      withRoles={false}
      transitionProps={{ duration: 0 }}
    >
      <Popover.Target>
        <div className="query-box">
          {wrong && <QueryMirror mirror={mirror} text={text} fault={wrong} />}
          <QueryInput
            input={input}
            query={query}
            label={label}
            placeholder={placeholder}
            suggestions={suggestions}
            ids={{ list: isOffering ? ids.list : undefined, fault: said ? ids.fault : undefined }}
            onKeyDown={onKeyDown}
            onScroll={(left) => mirror.current?.scrollTo({ left })}
          />
        </div>
      </Popover.Target>
      <Popover.Dropdown className="query-dropdown">
        {said && <FaultMessage id={ids.fault} fault={said} isUnfinished={wrong === null} />}
        {isOffering && <SuggestionList id={ids.list} suggestions={suggestions} />}
      </Popover.Dropdown>
    </Popover>
  );
}
