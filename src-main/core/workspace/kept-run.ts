import { z } from 'zod';
import { workspaceRunSchema } from '../../../shared/model/workspace.ts';
import { isRunPath } from '../operations/run-path.ts';

const innerPath = z.string().refine((path) => path === '' || isRunPath(path), 'not a path inside the run');

const keptRunSchema = z.strictObject({
  run: workspaceRunSchema.omit({ handle: true }).extend({ versionsIn: z.array(innerPath) }),
  /** Its folders that are no runs of their own, relative to it. */
  parts: z.array(innerPath),
  /** Whether best and latest are told without opening all files that have no sidecar. */
  isUnopened: z.boolean(),
  /** Whether the best is told without all logs of training. */
  hasUnreadLogs: z.boolean(),
  /** What it was read from, relative to it. */
  folders: z.array(innerPath),
  /** What these folders held. */
  state: z.string(),
});

/** A run below a folder as it was found, and what tells whether it is still so. */
export type KeptRun = z.infer<typeof keptRunSchema>;

const keptRunsSchema = z.array(keptRunSchema);

export function encodeRuns(runs: readonly KeptRun[]): Buffer {
  return Buffer.from(JSON.stringify(runs));
}

/** None when the bytes are not what {@link encodeRuns} makes. */
export function decodeRuns(bytes: Buffer): KeptRun[] {
  try {
    return keptRunsSchema.parse(JSON.parse(bytes.toString('utf8')));
  } catch {
    return [];
  }
}
