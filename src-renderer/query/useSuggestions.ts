import { type RefObject, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { completeQuery } from '../../shared/query/language/complete-query.ts';
import type { Completion, KnownWords } from '../../shared/query/language/query-completions.ts';

/** What is offered at the caret of the query box, which of it is chosen, and what is done about it. */
export interface Suggestions {
  items: readonly Completion[];
  /** How many others there are. */
  more: number;
  /** The place of the one that is chosen, or -1. */
  chosen: number;
  /** Chooses the next, or with -1 the one before; beyond either end is none. */
  move: (step: 1 | -1) => void;
  /** Puts one in, by default the chosen one, else the first. */
  take: (index?: number) => void;
  /** Offers what there is, also where nothing was typed. */
  open: () => void;
  close: () => void;
  /** To be told where the caret is whenever it moves; typing opens, too. */
  moved: (caret: number, typed?: boolean) => void;
}

const nothing: readonly Completion[] = [];
/** A run may log thousands of metrics; so many are offered at once, and typing finds the others. */
const most = 100;

export function useSuggestions(
  input: RefObject<HTMLInputElement | null>,
  known: () => KnownWords,
  text: string,
  setText: (text: string) => void,
): Suggestions {
  const [caret, setCaret] = useState(0);
  const [isOpen, setOpen] = useState(false);
  const [chosen, setChosen] = useState(-1);
  const caretToBe = useRef<number | null>(null);
  // For as long as something is offered: what 100,000 versions have in them is not gathered anew for each key.
  const words = useMemo(() => (isOpen ? known() : null), [isOpen, known]);
  const found = useMemo(
    () => words && completeQuery(text, Math.min(caret, text.length), words),
    [text, caret, words],
  );
  const all = found && !isComplete(found.items, text.slice(found.start, found.end)) ? found.items : nothing;
  const items = all.slice(0, most);

  useLayoutEffect(() => {
    if (caretToBe.current === null) return;
    input.current?.setSelectionRange(caretToBe.current, caretToBe.current);
    caretToBe.current = null;
  });

  return {
    items,
    more: all.length - items.length,
    chosen,
    move: (step) => setChosen((now) => ((now + 1 + step + items.length + 1) % (items.length + 1)) - 1),
    take: (index = Math.max(chosen, 0)) => {
      const item = items[index];
      if (!found || !item) return;
      caretToBe.current = found.start + item.text.length;
      setText(text.slice(0, found.start) + item.text + text.slice(found.end));
      setCaret(caretToBe.current);
      setChosen(-1);
      setOpen(true);
    },
    open: () => setOpen(true),
    close: () => {
      setOpen(false);
      setChosen(-1);
    },
    moved: (place, typed = false) => {
      setCaret(place);
      if (!typed && place === caret) return;
      setChosen(-1);
      setOpen(typed && place > 0);
    },
  };
}

/** Whether what stands there is the one thing that could. */
function isComplete(items: readonly Completion[], word: string): boolean {
  return items.length === 1 && items[0]?.text.trimEnd() === word;
}
