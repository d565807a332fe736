import type { WorkspaceRun } from '../../shared/model/workspace.ts';
import { testRuns } from '../../shared/query/language/compile-run-query.ts';
import { ofRuns } from '../../shared/query/language/fields.ts';
import { nameBegunIn } from '../../shared/query/language/name-begun-in.ts';
import { parseAsFar, parseSoFar } from '../../shared/query/language/parse-so-far.ts';
import { QueryError, quoted } from '../../shared/query/language/query-error.ts';

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

const rewards: ReadonlySet<string> = new Set(['reward', 'mean_reward']);

/** The runs that a filter lets through, in their order. */
export function filterRuns<Run extends WorkspaceRun>(
  runs: readonly Run[],
  { text, typing }: RunFilter,
): FilteredRuns<Run> {
  const { query, fault: found } = parseAsFar(text, [], ofRuns);
  const fault = found && withBestValue(found, text, runs);
  const kept = runs.filter(testRuns(query));
  const begun = typing && !fault ? nameBegunIn(text, [], ofRuns) : null;
  if (kept.length > 0 || begun === null) return { runs: kept, fault, isPartial: fault !== null };
  const before = parseSoFar(text.slice(0, begun), [], ofRuns);
  return { runs: runs.filter(testRuns(before)), fault, isPartial: true };
}

/** Who asks runs for their metric, as versions are asked, means the value of the best: that is said, instead of all fields that runs have. */
function withBestValue(fault: QueryError, text: string, runs: readonly WorkspaceRun[]): QueryError {
  const { start, end, wanted } = fault;
  const name = text.slice(start, end).replaceAll('"', '');
  const isMetric = rewards.has(name) || runs.some(({ metric }) => metric.name === name);
  if (wanted?.what !== 'field' || !isMetric) return fault;
  const told = new QueryError(
    { start, end },
    [
      fault.parts[0],
      `what a run has of ${quoted(name)} is the value of its best version, best_value`,
      'write best_value in its place, such as best_value > 1',
    ],
    wanted,
  );
  told.condition = fault.condition;
  return told;
}
