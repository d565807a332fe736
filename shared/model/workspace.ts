import { z } from 'zod';
import { problemSchema, watchStateSchema } from './run.ts';
import { foundRunSchema } from './runs-output.ts';

/**
 * A run below an open folder, as the window lists it. `handle` is a number that main gave it. `overrides` are those of its Hydra record, as
 * they were asked for. `bestValue` is that of the best version by `metric`; `latestVersion` and `latestAt` are the number and the time of the
 * latest, as it tells them; where it tells no time, when its file was changed. `isWriting`: a process was writing one of its versions when it was looked at.
 */
export const workspaceRunSchema = foundRunSchema.extend({
  handle: z.number().int(),
  overrides: z.array(z.string()),
  metric: z.strictObject({ name: z.string(), mode: z.enum(['max', 'min']) }),
  bestValue: z.number().nullable(),
  latestVersion: z.number().int().nullable(),
  latestAt: z.string().nullable(),
  isWriting: z.boolean(),
});
export type WorkspaceRun = z.infer<typeof workspaceRunSchema>;

/**
 * A folder of runs that is open in a window. `folder` is text to show. `searched` counts folders that were looked into; `failure` says why a
 * search ended before its end, and is null in every other state. `watch`: whether what comes and goes is seen by itself.
 */
export const workspaceSummarySchema = z.strictObject({
  workspaceId: z.string(),
  name: z.string(),
  folder: z.string(),
  state: z.enum(['searching', 'done', 'stopped', 'failed', 'gone']),
  searched: z.number().int(),
  runCount: z.number().int(),
  problems: z.array(problemSchema),
  failure: z.string().nullable(),
  watch: watchStateSchema,
});
export type WorkspaceSummary = z.infer<typeof workspaceSummarySchema>;
