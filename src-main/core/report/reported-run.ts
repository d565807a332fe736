import { basename } from 'node:path';
import { bareIntegrity, isProblem } from '../../../shared/model/integrity.ts';
import type { RunReader } from '../run-reader.ts';
import type { ReportedRun } from './build-report.ts';

/** A run as it was last read, for a report of it. */
export function reportedRun(run: RunReader): ReportedRun {
  return {
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
