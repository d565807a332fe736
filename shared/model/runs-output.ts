import { z } from 'zod';
import { recognisedLayoutSchema } from './recognised-layout.ts';
import { problemSchema } from './run.ts';

/** How the files of a run lie: by a config or in folders as the reference has them, or checkpoints alone. */
export const runLayouts = ['cairn', 'files'] as const;
export type RunLayout = (typeof runLayouts)[number];

/**
 * A run among those below a folder. `path` is relative to that, with `/`, and `.` for the folder itself. `best` and `latest` are ids, told
 * as a list of the run tells them. `problems` counts what is wrong with the run and with its files, as far as a list of it tells.
 */
export const foundRunSchema = z.strictObject({
  path: z.string(),
  layout: z.enum(runLayouts),
  /** The framework whose run it is taken for; null where nothing tells. */
  recognised: recognisedLayoutSchema.nullable(),
  versions: z.number().int(),
  bytes: z.number(),
  best: z.string().nullable(),
  latest: z.string().nullable(),
  problems: z.number().int(),
});
export type FoundRun = z.infer<typeof foundRunSchema>;

/** `problems`: what was not looked into. */
export const runsOutputSchema = z.strictObject({
  root: z.string(),
  runs: z.array(foundRunSchema),
  problems: z.array(problemSchema),
});
export type RunsOutput = z.infer<typeof runsOutputSchema>;
