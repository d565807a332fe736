import type { WorkspaceRun } from '../../shared/model/workspace.ts';
import { visibleText } from '../format/visible-text.ts';

/** A run with what a list of many calls it. */
export interface LabelledRun extends WorkspaceRun {
  label: string;
}

/**
 * Calls each run by what Hydra was asked for, where that is known, else by where it is. What was asked for in all of them tells none from the
 * others, and is left out.
 * @param before what was labelled last: a run that is the same, and is called the same, stays the same object
 */
export function labelRuns(
  runs: Iterable<WorkspaceRun>,
  before: ReadonlyMap<number, LabelledRun> = new Map(),
): Map<number, LabelledRun> {
  const all = [...runs];
  const shared = sharedOverrides(all);
  return new Map(
    all.map((run) => {
      const label = labelOf(run, shared);
      const known = before.get(run.handle);
      const isSame = known?.label === label && isSameRun(known, run);
      return [run.handle, isSame ? known : { ...run, label }] as const;
    }),
  );
}

function labelOf({ overrides, path }: WorkspaceRun, shared: ReadonlySet<string>): string {
  const own = overrides.filter((override) => !shared.has(override));
  const told = own.length > 0 ? own : overrides;
  return told.length > 0 ? told.map(visibleText).join(', ') : visibleText(path);
}

/** The overrides that all runs have that have any; none where that is one run. */
function sharedOverrides(runs: readonly WorkspaceRun[]): Set<string> {
  const asked = runs.filter(({ overrides }) => overrides.length > 0);
  const counts = new Map<string, number>();
  for (const { overrides } of asked)
    for (const override of new Set(overrides)) counts.set(override, (counts.get(override) ?? 0) + 1);
  const shared = [...counts].filter(([, count]) => count > 1 && count === asked.length);
  return new Set(shared.map(([override]) => override));
}

/** A run that is found anew is another object, though nothing of it changed. */
function isSameRun({ label: _label, ...known }: LabelledRun, run: WorkspaceRun): boolean {
  return JSON.stringify(known) === JSON.stringify(run);
}
