import type { WorkspaceRun } from '../../shared/model/workspace.ts';
import { testRuns } from '../../shared/query/language/compile-run-query.ts';
import { ofRuns } from '../../shared/query/language/fields.ts';
import { nameBegunIn } from '../../shared/query/language/name-begun-in.ts';
import { parseAsFar, parseSoFar } from '../../shared/query/language/parse-so-far.ts';
import type { QueryError } from '../../shared/query/language/query-error.ts';

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
  const { query, fault } = parseAsFar(text, [], ofRuns);
  const kept = runs.filter(testRuns(query));
  const begun = typing && !fault ? nameBegunIn(text, [], ofRuns) : null;
  if (kept.length > 0 || begun === null) return { runs: kept, fault, isPartial: fault !== null };
  const before = parseSoFar(text.slice(0, begun), [], ofRuns);
  return { runs: runs.filter(testRuns(before)), fault, isPartial: true };
}
