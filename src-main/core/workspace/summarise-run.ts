import { statesOf } from '../../../shared/model/run-state.ts';
import type { FoundRun, SummarisedRun } from '../../../shared/model/runs-output.ts';

import type { RunReader } from '../run-reader.ts';
import type { DescribedRun } from './describe-run.ts';

/** A run that was looked at, as one among others. */
export function summariseRun(run: RunReader, path: string): FoundRun {
  const { count, bytes, wrong } = run.totals();
  const { best, latest } = run.badges;
  const problems = run.problems.length + wrong;
  const { layout, recognised } = run;
  return { path, layout, recognised, versions: count, bytes, best, latest, problems };
}

/** What is told of a run on the command line, of all that the window shows. */
export function summaryOf(run: DescribedRun): SummarisedRun {
  const { path, layout, recognised, versions, bytes, best, latest, problems, metric, overrides } = run;
  const found = { path, layout, recognised, versions, bytes, best, latest, problems };
  const { bestValue: best_value, latestAt: latest_at } = run;
  return { ...found, metric, best_value, latest_at, state: statesOf(run), overrides };
}
