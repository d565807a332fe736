import { useEffect, useRef } from 'react';
import { visibleText } from '../format/visible-text.ts';
import type { Suggestions } from './useSuggestions.ts';

interface Props {
  id: string;
  suggestions: Suggestions;
}

export function SuggestionList({ id, suggestions: { items, more, chosen, take } }: Props) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  });
  return (
    <div ref={list} id={id} className="suggestions" role="listbox" aria-label="Suggestions">
      {items.map(({ label, text, meaning }, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys go to the box, which keeps the focus
        // biome-ignore lint/a11y/useFocusableInteractive: as above
        <div
          key={text}
          id={optionId(id, index)}
          role="option"
          aria-selected={index === chosen}
          className="suggestion"
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => take(index)}
        >
          <span className="suggestion-label">{visibleText(label)}</span>
          <span className="suggestion-meaning">{meaning}</span>
        </div>
      ))}
      {more > 0 && <p className="suggestions-more">{more} more: type to narrow down</p>}
    </div>
  );
}

export function optionId(list: string, index: number): string {
  return `${list}-${index}`;
}
