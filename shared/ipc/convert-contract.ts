import { z } from 'zod';
import { handle, task, versionHandle, type Written } from './handles.ts';

/** `member` of a run; or, where that is null, a checkpoint without one, by its own handle. */
const subject = z.strictObject({
  ownerId: handle,
  member: versionHandle.nullable(),
  act: z.enum(['convert', 'repair']),
  to: z.enum(['pt', 'safetensors']),
  /** Without the optimizer; of what is repaired nothing more is left out. */
  slim: z.boolean(),
});
export type AnewRequest = z.infer<typeof subject>;

/** What the window asks to have a checkpoint written as another file. */
export const convertRequests = {
  /** The work comes to a {@link ForeseenFile}, and fails where it would be refused. */
  foreseeConversion: { input: subject, output: task },
  /** Asks the person where to; null when they think better of it. The work comes to a {@link ConvertedFile}. */
  convertCheckpoint: { input: subject, output: z.strictObject({ taskId: handle.nullable() }) },
} as const;

/** Of what is left out the first are named; `problems` are those of the checkpoint, the first of them. */
export interface ForeseenFile {
  tensors: number;
  sourceBytes: number;
  leftOut: string[];
  leftOutCount: number;
  problems: string[];
}

export interface ConvertedFile extends Written {
  tensors: number;
  leftOutCount: number;
}
