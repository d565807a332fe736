import { z } from 'zod';
import { nothing, task } from './handles.ts';
import { packedRowsSchema } from './packed-rows.ts';
import { runNumber, workspace } from './workspace-contract.ts';
import { type PrunePlan, plan, pruneRules, recordId } from './writing-contract.ts';

/** So many runs of a workspace may be pruned at once: each is held open from the first plan on. */
export const mostPrunedAtOnce = 1000;

const someRuns = z.array(runNumber).min(1).max(mostPrunedAtOnce);

/** The requests that prune runs of a folder by the same rules, each as an operation of its own, without opening them in the window. */
export const pruneRunsRequests = {
  /** `RunsPlan`. `read`: whether the versions that stay are read, so that it can be done; without it each `PlannedRun` is a part as soon as it is there. */
  planPruneRuns: {
    input: workspace.extend({ runs: someRuns, rules: pruneRules, read: z.boolean() }),
    output: task,
  },
  /** The versions of a run that was planned for last, as rows; a plan names them by their handles. */
  listPlannedVersions: {
    input: workspace.extend({ run: runNumber }),
    output: z.strictObject({ rows: packedRowsSchema }),
  },
  /** `RunsPruned`: of each run the plan that was seen, and no other. */
  pruneRuns: {
    input: workspace.extend({
      plans: z
        .array(z.strictObject({ run: runNumber, plan }))
        .min(1)
        .max(mostPrunedAtOnce),
      rules: pruneRules,
    }),
    output: task,
  },
  /** Brings back what an operation moved to the trash of a run. */
  undoInRun: {
    input: workspace.extend({ run: runNumber, operation: recordId }),
    output: z.strictObject({ restored: z.number().int(), removed: z.number().int() }),
  },
  /** Lets go of the runs that were planned for. */
  endPruneRuns: { input: workspace, output: nothing },
} as const;

/** What pruning would do to each run, in the order asked. `lastStep`: the highest step of a version of any of them. */
export interface RunsPlan {
  runs: PlannedRun[];
  lastStep: number;
}

/**
 * `why` says why a run cannot be pruned, and is null where it can. `warnings`: what must be known of the metric that its plan goes by, once
 * the versions that stay were read.
 */
export interface PlannedRun {
  run: number;
  plan: PrunePlan | null;
  why: string | null;
  warnings: string[];
}

/** What came of each run: `why` says why nothing was done to it. `operation` is what undoes it, null where nothing had to go. */
export interface RunsPruned {
  runs: { run: number; operation: string | null; removed: number; why: string | null }[];
}
