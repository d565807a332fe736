import { useState } from 'react';
import type { QueryError } from '../../shared/query/language/query-error.ts';
import type { VersionsSnapshot, VersionsStore } from '../versions/versions-store.ts';

/** The text of the query box, and what is to be said of it. */
export interface QueryText {
  text: string;
  setText: (text: string) => void;
  /** What to say below the box while somebody is in it. */
  telling: QueryError | null;
  /** What to underline. */
  wrong: QueryError | null;
  /** Says no more of this text until it changes, or somebody comes back to the box. */
  hush: () => void;
  onFocus: () => void;
  onBlur: () => void;
}

export function useQueryText(
  store: VersionsStore,
  { filter, fault, isPartial }: VersionsSnapshot,
): QueryText {
  const [isFocused, setFocused] = useState(false);
  const [hushed, setHushed] = useState<string | null>(null);
  return {
    text: filter.text,
    setText: (text) => store.setFilter({ ...filter, text, typing: true }),
    telling: isFocused && hushed !== filter.text ? fault : null,
    wrong: isFocused && fault && isUnfinished(fault, filter.text) ? null : fault,
    hush: () => setHushed(filter.text),
    onFocus: () => {
      setFocused(true);
      setHushed(null);
    },
    onBlur: () => {
      setFocused(false);
      // What might have become a condition has not: it is text to look for.
      if (isPartial && !fault) store.setFilter({ ...filter, typing: false });
    },
  };
}

/** Whether all that is wrong is that more is to come: nobody is told off while typing. */
function isUnfinished({ start }: QueryError, text: string): boolean {
  return start >= text.trimEnd().length;
}
