import { basename } from 'node:path';
import { bareIntegrity, isProblem } from '../../../shared/model/integrity.ts';
import { judgeRun } from '../choices/judge-run.ts';
import type { RunReader } from '../run-reader.ts';
import type { ReportedRun } from './build-report.ts';

/** A run as it was last read, for a report of it. What files say of themselves is read first: it decides which is the best. */
export async function reportedRun(run: RunReader): Promise<ReportedRun> {
  await run.readOwnRecords();
  return {
    selection: await judgeRun(run),
    name: basename(run.root),
    folder: run.root,
    problems: run.problems,
    versions: Array.from(run.list(), ({ id, size, state }) => ({
      id,
      bytes: size,
      integrity: (isProblem(state) ? run.version(id)?.integrity : null) ?? bareIntegrity(state),
    })),
  };
}
