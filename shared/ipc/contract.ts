import { z } from 'zod';
import { failureSchema } from '../failure.ts';
import { checkpointFileSchema } from '../model/checkpoint-file.ts';
import { runSummarySchema } from '../model/run.ts';
import { taskSchema } from '../model/task.ts';
import { workspaceRunSchema, workspaceSummarySchema } from '../model/workspace.ts';
import { appRequests } from './app-contract.ts';
import { benchmarkRequests } from './benchmark-contract.ts';
import type { EventName, RequestName } from './channels.ts';
import { checkpointRequests, opened } from './checkpoint-contract.ts';
import { choiceRequests } from './choice-contract.ts';
import { contentsRequests } from './contents-contract.ts';
import { convertRequests } from './convert-contract.ts';
import { handle, nothing, run, task, version, versionHandle, written } from './handles.ts';
import { hyperparameterRequests } from './hyperparameter-contract.ts';
import { packedRowsSchema } from './packed-rows.ts';
import { pruneRunsRequests } from './prune-runs-contract.ts';
import { recentRequests } from './recent-contract.ts';
import { sideBySideRequests } from './side-by-side-contract.ts';
import { takingRequests } from './taking-contract.ts';
import { workspace, workspaceRequests } from './workspace-contract.ts';
import { writingRequests } from './writing-contract.ts';

const environmentSchema = z.strictObject({
  appVersion: z.string(),
  electron: z.string(),
  chrome: z.string(),
  node: z.string(),
  platform: z.string(),
  runtimeNote: z.string().nullable(),
});

/**
 * A slice of a run's rows. `next` is where to go on, null after the last row; rows from `end` on were not there yet: they
 * come as differences after this revision.
 */
const pageSchema = z.strictObject({
  revision: z.number().int(),
  rows: packedRowsSchema,
  next: z.number().int().nullable(),
  end: z.number().int(),
});

/** Each request: what the window sends (checked strictly, before anything else runs) and what it gets back. */
export const requests = {
  getEnvironment: { input: nothing, output: environmentSchema },
  chooseRun: { input: nothing, output: opened },
  openDropped: { input: z.strictObject({ path: z.string().min(1).max(32_768) }), output: opened },
  openSampleRun: { input: nothing, output: opened },
  /** What is open in the window: runs, checkpoints without one, and folders of runs. */
  listRuns: {
    input: nothing,
    output: z.strictObject({
      runs: z.array(runSummarySchema),
      checkpoints: z.array(checkpointFileSchema),
      workspaces: z.array(workspaceSummarySchema),
    }),
  },
  closeRun: { input: run, output: nothing },
  /** Opens a run whose folder was renamed, in the place of what was known of it. */
  openRenamed: { input: run, output: opened },
  listVersions: {
    input: z.strictObject({ runId: handle, from: z.number().int().nonnegative() }),
    output: pageSchema,
  },
  /**
   * What `cairn show` tells, and as `hydra` the config that Hydra wrote down of the run, where the version has no sidecar. Unless the `whole` is
   * asked for, very long parts are cut, and named as `cut`.
   */
  showVersion: {
    input: version.extend({ whole: z.boolean() }),
    output: z.strictObject({ json: z.string() }),
  },
  /** The other versions of the run whose files hold the same bytes: their ids, as text. */
  findSame: { input: version, output: z.strictObject({ same: z.array(z.string()) }) },
  verifyRun: {
    input: z.strictObject({ runId: handle, versions: z.array(versionHandle).max(1_000_000).nullable() }),
    output: task,
  },
  cancelTask: { input: task, output: nothing },
  copyChecksum: { input: version, output: nothing },
  revealVersion: { input: version, output: nothing },
  /** Asks the person where to. `drawn` is the chart as the page drew it: SVG, or a PNG in base64. */
  saveChart: {
    input: z.strictObject({
      runId: handle,
      chart: z.enum(['scatter', 'parallel', 'timeline', 'bars']),
      kind: z.enum(['png', 'svg']),
      drawn: z
        .string()
        .max(100_000_000)
        .regex(/^(?:<svg |iVBORw0KGgo)/),
    }),
    output: z.strictObject({ written: written.nullable() }),
  },
  ...appRequests,
  ...recentRequests,
  ...workspaceRequests,
  ...checkpointRequests,
  ...writingRequests,
  ...pruneRunsRequests,
  ...hyperparameterRequests,
  ...takingRequests,
  ...sideBySideRequests,
  ...contentsRequests,
  ...convertRequests,
  ...choiceRequests,
  ...benchmarkRequests,
} as const satisfies Record<RequestName, { input: z.ZodType; output: z.ZodType }>;

/**
 * Events announce, requests ask. `versionsChanged.revision` counts up by one per event of a run, a gap means: ask again with
 * listVersions. `runShown`: an open run was asked for again, outside the page, or one of its versions was. `checkpointShown`: so was a
 * checkpoint without a run, which may be new. `workspaceShown`: so was a folder of runs, which may be new; `workspaceChanged`: how far the
 * search in it is, or how it ended; `workspaceRunsChanged`: runs that were found, or found anew, and those that are gone.
 * `recentsChanged`: in this window or another.
 * `commandChosen`: the person chose it in the menu.
 * `failureMet`: something failed that the page did not ask for, such as a run named on the command line.
 */
export const events = {
  runChanged: runSummarySchema,
  runShown: run.extend({ version: versionHandle.nullable() }),
  runClosed: run,
  checkpointShown: checkpointFileSchema,
  checkpointChanged: checkpointFileSchema,
  workspaceShown: workspaceSummarySchema,
  workspaceChanged: workspaceSummarySchema,
  workspaceRunsChanged: workspace.extend({
    rows: z.array(workspaceRunSchema),
    removed: z.array(z.number().int()),
  }),
  recentsChanged: nothing,
  versionsChanged: z.strictObject({
    runId: handle,
    revision: z.number().int(),
    rows: packedRowsSchema,
    removed: z.array(versionHandle),
  }),
  taskProgressed: taskSchema,
  failureMet: failureSchema,
  commandChosen: z.strictObject({
    command: z.enum(['settings', 'about', 'shortcuts', 'guide', 'undo', 'allRuns', 'close']),
  }),
} as const satisfies Record<EventName, z.ZodType>;

export type Requests = {
  [N in RequestName]: {
    input: z.infer<(typeof requests)[N]['input']>;
    output: z.infer<(typeof requests)[N]['output']>;
  };
};
export type Events = { [N in EventName]: z.infer<(typeof events)[N]> };

export type Environment = z.infer<typeof environmentSchema>;
