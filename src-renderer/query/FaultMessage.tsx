import type { QueryError } from '../../shared/query/language/query-error.ts';
import { visibleText } from '../format/visible-text.ts';

interface Props {
  id: string;
  fault: QueryError;
  /** Whether the query merely goes on: then nothing is wrong with it yet. */
  isUnfinished: boolean;
}

/** What is wrong with a query, why, and what to do; of an unfinished one what comes next. */
export function FaultMessage({ id, fault: { parts }, isUnfinished }: Props) {
  const [what, why, advice] = parts.map(visibleText);
  return (
    <div id={id} className="fault-message" data-unfinished={isUnfinished || undefined}>
      {!isUnfinished && <strong>{sentence(what)}</strong>}
      <p>{sentence(why)}</p>
      {!isUnfinished && <p>{sentence(advice)}</p>}
    </div>
  );
}

/** A part of a message as a sentence of its own. */
export function sentence(text = ''): string {
  const begun = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.?!]$/.test(begun) ? begun : `${begun}.`;
}
