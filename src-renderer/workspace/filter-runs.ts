import type { WorkspaceRun } from '../../shared/model/workspace.ts';
import { testRuns } from '../../shared/query/language/compile-run-query.ts';
import { ofRuns } from '../../shared/query/language/fields.ts';
import { nameBegunIn } from '../../shared/query/language/name-begun-in.ts';
import { parseQuery } from '../../shared/query/language/parse-query.ts';
import { parseSoFar } from '../../shared/query/language/parse-so-far.ts';
import { QueryError } from '../../shared/query/language/query-error.ts';
import type { Query } from '../../shared/query/language/query-tree.ts';

/** Which runs to show: those that the query `text` asks for. */
export interface RunFilter {
  text: string;
  /** While somebody is typing, a last word that may become a condition does not empty the table. */
  typing: boolean;
}

export interface FilteredRuns<Run extends WorkspaceRun> {
  runs: readonly Run[];
  /** What is wrong with the query; what comes before that counts. */
  fault: QueryError | null;
  /** Whether the query is taken only as far as it goes. */
  isPartial: boolean;
}

/** The runs that a filter lets through, in their order. */
export function filterRuns<Run extends WorkspaceRun>(
  runs: readonly Run[],
  { text, typing }: RunFilter,
): FilteredRuns<Run> {
  const { query, fault } = tryParse(text);
  const kept = runs.filter(testRuns(query));
  const begun = typing && !fault ? nameBegunIn(text, [], ofRuns) : null;
  if (kept.length > 0 || begun === null) return { runs: kept, fault, isPartial: fault !== null };
  const before = parseSoFar(text.slice(0, begun), [], ofRuns);
  return { runs: runs.filter(testRuns(before)), fault, isPartial: true };
}

function tryParse(text: string): { query: Query; fault: QueryError | null } {
  try {
    return { query: parseQuery(text, [], ofRuns), fault: null };
  } catch (fault) {
    if (fault instanceof QueryError) return { query: parseSoFar(text, [], ofRuns), fault };
    throw fault;
  }
}
