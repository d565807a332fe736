import { z } from 'zod';

/** Long work, as the window follows it. Bytes and seconds; `finished` once nothing more will be said of it. */
export const taskSchema = z.strictObject({
  taskId: z.string(),
  runId: z.string(),
  kind: z.enum(['verify']),
  state: z.enum(['running', 'done', 'cancelled', 'failed']),
  filesDone: z.number().int(),
  filesTotal: z.number().int(),
  bytesDone: z.number(),
  bytesTotal: z.number(),
  seconds: z.number(),
  problems: z.number().int(),
  message: z.string().nullable(),
});
export type Task = z.infer<typeof taskSchema>;
