import type { FoundRun } from '../../../shared/model/runs-output.ts';
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

/** What is told of a run everywhere, of all that the window shows. */
export function summaryOf(run: DescribedRun): FoundRun {
  const { path, layout, recognised, versions, bytes, best, latest, problems } = run;
  return { path, layout, recognised, versions, bytes, best, latest, problems };
}
