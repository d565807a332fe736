import type { RefObject } from 'react';
import type { Span } from '../../shared/query/language/query-error.ts';

interface Props {
  /** Scrolled along with the text it lies under. */
  mirror: RefObject<HTMLDivElement | null>;
  text: string;
  fault: Span;
}

/** The text of the box once more, unseen, so that the part of it that is wrong can be underlined. */
export function QueryMirror({ mirror, text, fault: { start, end } }: Props) {
  return (
    <div ref={mirror} className="query-mirror" aria-hidden>
      {text.slice(0, start)}
      <span className="query-fault">{text.slice(start, end) || ' '}</span>
      {text.slice(end)}
    </div>
  );
}
