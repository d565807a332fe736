import { z } from 'zod';
import { integrityStates } from './integrity.ts';

/** What long work can be. */
export const taskKinds = [
  'verify',
  'back up',
  'verify backups',
  'restore',
  'export',
  'plan a prune',
  'prune',
  'seal',
  'compare',
  'measure',
  'benchmark',
  'plan a conversion',
  'convert',
] as const;
export type TaskKind = (typeof taskKinds)[number];

/** Work that only looks at something: where it stops, what it has found stays, or can be asked for again. */
export const lookingKinds: ReadonlySet<TaskKind> = new Set([
  'verify',
  'verify backups',
  'plan a prune',
  'compare',
  'measure',
  'plan a conversion',
]);

/**
 * Long work, as the window follows it. Bytes and seconds, totals 0 where they are not known; `finished` once nothing more will be said
 * of it. `problems` counts files that a verification found fault with, `found` those of each state that it found; other work has none. Of a
 * benchmark, files are runs of its evaluator, and problems those that failed; bytes are those that are verified before the first run, and 0
 * from then on. `partSeconds` are those since what is counted now began: of a benchmark, since its first run.
 */
export const taskSchema = z.strictObject({
  taskId: z.string(),
  runId: z.string(),
  kind: z.enum(taskKinds),
  state: z.enum(['running', 'done', 'cancelled', 'failed']),
  filesDone: z.number().int(),
  filesTotal: z.number().int(),
  bytesDone: z.number(),
  bytesTotal: z.number(),
  seconds: z.number(),
  partSeconds: z.number(),
  problems: z.number().int(),
  found: z.array(z.tuple([z.enum(integrityStates), z.number().int()])).optional(),
  message: z.string().nullable(),
});
export type Task = z.infer<typeof taskSchema>;
