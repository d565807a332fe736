import { useState } from 'react';
import type { QueryError } from '../../shared/query/language/query-error.ts';

/** The text of the query box, and what is to be said of it. */
export interface QueryText {
  text: string;
  setText: (text: string) => void;
  /** What to say below the box while somebody is in it. */
  telling: QueryError | null;
  /** What to underline. */
  wrong: QueryError | null;
  /** Why only a part of the text counts; null where all of it does. */
  partly: string | null;
  /** Says no more of this text until it changes, or somebody comes back to the box. */
  hush: () => void;
  onFocus: () => void;
  onBlur: () => void;
}

interface Filtering {
  text: string;
  fault: QueryError | null;
  /** Whether the text is taken only as far as it goes. */
  isPartial: boolean;
}

/** @param change is given what stands there, and whether somebody is typing it */
export function useQueryText(
  { text, fault, isPartial }: Filtering,
  change: (text: string, typing: boolean) => void,
): QueryText {
  const [isFocused, setFocused] = useState(false);
  const [hushed, setHushed] = useState<string | null>(null);
  const wrong = isFocused && fault && isUnfinished(fault, text) ? null : fault;
  return {
    text,
    setText: (written) => change(written, true),
    telling: isFocused && hushed !== text ? fault : null,
    wrong,
    partly: isPartial ? whyPartly(wrong) : null,
    hush: () => setHushed(text),
    onFocus: () => {
      setFocused(true);
      setHushed(null);
    },
    onBlur: () => {
      setFocused(false);
      // What might have become a condition has not: it is text to look for.
      if (isPartial && !fault) change(text, false);
    },
  };
}

/** Whether all that is wrong is that more is to come: nobody is told off while typing. */
function isUnfinished({ start }: QueryError, text: string): boolean {
  return start >= text.trimEnd().length;
}

/** Rows are then those of the part before it, which must not pass for the answer. */
function whyPartly(wrong: QueryError | null): string {
  return wrong ? 'faulty query' : 'unfinished query';
}
