import { z } from 'zod';
import { failureSchema } from '../failure.ts';
import { workspaceRunSchema } from '../model/workspace.ts';
import { mostComparedAtOnce } from '../statistics/settings-of-runs.ts';
import { opened } from './checkpoint-contract.ts';
import { handle, nothing, run } from './handles.ts';
import { settingColumnSchema } from './hyperparameter-contract.ts';

/** The paths of so many runs are copied at once: each is looked for, whether it is still there. */
export const mostCopiedAtOnce = 10_000;

/** So many runs of a workspace may be opened at once: each is followed from then on. */
export const mostOpenedAtOnce = 50;

export const workspace = z.strictObject({ workspaceId: handle });
/** By the numbers that main gave the runs of a workspace. */
export const runNumber = z.number().int().nonnegative();

/** The requests about folders of runs. */
export const workspaceRequests = {
  /** Opens the folder of an open run as one that runs are looked for in. */
  searchBelowRun: { input: run, output: opened },
  /** Opens the folder itself as a run. */
  openAsRun: { input: workspace, output: opened },
  /** The runs found so far, in the order in which they were, a part at a time; `next` is where to go on, null after the last. */
  listWorkspaceRuns: {
    input: workspace.extend({ from: z.number().int().nonnegative() }),
    output: z.strictObject({ rows: z.array(workspaceRunSchema), next: z.number().int().nullable() }),
  },
  /** Looks for runs again, from the beginning. */
  searchWorkspace: { input: workspace, output: nothing },
  /** What was found until then stays. */
  stopSearch: { input: workspace, output: nothing },
  closeWorkspace: { input: workspace, output: nothing },
  /** The handles of runs in the order asked for, null for each that cannot be opened; why not is told of each of several. */
  openWorkspaceRuns: {
    input: workspace.extend({ runs: z.array(runNumber).min(1).max(mostOpenedAtOnce) }),
    output: z.strictObject({ openedIds: z.array(handle.nullable()), failures: z.array(failureSchema) }),
  },
  /**
   * What the best version of each of these runs, or the latest, was trained with, as far as they differ in it by a sample of them: a column for
   * each name.
   */
  readRunSettings: {
    input: workspace.extend({ runs: z.array(runNumber).min(1).max(mostComparedAtOnce) }),
    output: z.strictObject({ names: z.array(z.string()), columns: z.array(settingColumnSchema) }),
  },
  revealWorkspaceRun: { input: workspace.extend({ run: runNumber }), output: nothing },
  /** Where these runs are, to the clipboard, a line for each of those that are still there; `gone` are the others. */
  copyWorkspaceRuns: {
    input: workspace.extend({ runs: z.array(runNumber).min(1).max(mostCopiedAtOnce) }),
    output: z.strictObject({ copied: z.number().int(), gone: z.number().int() }),
  },
} as const;
