import { z } from 'zod';

/** What main issues for a run or a task, and takes back. */
export const handle = z.string().regex(/^[0-9a-f]{32}$/);
export const versionHandle = z.number().int().nonnegative();
/** So many each run of a window has to give out, one after another: more versions than that no run has. */
export const versionHandlesPerRun = 2 ** 26;

/** Which of its run's versions a handle stands for, from 0 on in the order in which they were given out: what arrays of a run are indexed by. */
export function placeInRun(version: number): number {
  return version % versionHandlesPerRun;
}

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
/** A file or folder that a person had written somewhere: a handle by which it can be shown there, its name, and its bytes. */
export const written = z.strictObject({ writtenId: handle, label: z.string(), bytes: z.number().int() });
export type Written = z.infer<typeof written>;
