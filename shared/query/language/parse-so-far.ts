import { ofVersions, type Vocabulary } from './fields.ts';
import { parseQuery, queryLimits } from './parse-query.ts';
import { QueryError } from './query-error.ts';
import type { Query } from './query-tree.ts';
import { tokenize } from './tokenize.ts';

/** A query that is being written: all of it, or the conditions before the one in which it cannot be understood. */
export function parseSoFar(
  text: string,
  metrics: readonly string[],
  vocabulary: Vocabulary = ofVersions,
): Query {
  let part = text.slice(0, queryLimits.length);
  for (;;) {
    try {
      return parseQuery(part, metrics, vocabulary);
    } catch (fault) {
      if (!(fault instanceof QueryError)) throw fault;
      part = beforeFault(part, fault);
    }
  }
}

/** The same, and what is wrong with what follows; null where nothing is. */
export function parseAsFar(
  text: string,
  metrics: readonly string[],
  vocabulary: Vocabulary = ofVersions,
): { query: Query; fault: QueryError | null } {
  try {
    return { query: parseQuery(text, metrics, vocabulary), fault: null };
  } catch (fault) {
    if (fault instanceof QueryError) return { query: parseSoFar(text, metrics, vocabulary), fault };
    throw fault;
  }
}

/** Always less than there was: an `and`, a `not` or a bracket that is now the last is taken away too. */
function beforeFault(text: string, { start, condition }: QueryError): string {
  const before = text.slice(0, condition ?? start);
  return before.length < text.length ? before : text.slice(0, tokenize(text).at(-2)?.start ?? 0);
}
