import { z } from 'zod';

/** What main issues for a run or a task, and takes back. */
export const handle = z.string().regex(/^[0-9a-f]{32}$/);
export const versionHandle = z.number().int().nonnegative();

export const nothing = z.strictObject({});
export const run = z.strictObject({ runId: handle });
/** Long work: how far it is is told by `taskProgressed`, what it comes to is what `awaitWork` gives. */
export const task = z.strictObject({ taskId: handle });
/** At least one version. */
export const versions = z.strictObject({
  runId: handle,
  versions: z.array(versionHandle).min(1).max(1_000_000),
});
/** Versions of one run or of several that are open in the window, in an order that is wanted. */
export const versionsOfRuns = z.strictObject({ versions: z.array(versionHandle).min(1).max(1_000_000) });
export const version = z.strictObject({ runId: handle, version: versionHandle });
