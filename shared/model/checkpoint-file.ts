import { z } from 'zod';
import { integritySchema } from './integrity.ts';

/**
 * A checkpoint that is open without a run: `checkpointId` is a handle that main issued, `path` is text to show and never sent back.
 * Size and time are null while nothing is there.
 */
export const checkpointFileSchema = z.strictObject({
  checkpointId: z.string(),
  name: z.string(),
  path: z.string(),
  /** Bytes. */
  size: z.number().int().nullable(),
  modifiedAt: z.string().nullable(),
  /** What the folder is called that it is in, where that holds others too and opens as a run; null where it does not. */
  runName: z.string().nullable(),
  /** The SHA-256 that a sidecar or list beside it has on record. */
  recorded: z.string().nullable(),
  /** What was found when it was read whole; null until then, and once it is another file. */
  integrity: integritySchema.nullable(),
});
export type CheckpointFile = z.infer<typeof checkpointFileSchema>;
