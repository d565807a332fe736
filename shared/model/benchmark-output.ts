import { z } from 'zod';
import { jsonNumber } from './json-schemas.ts';

/** A metric over the seeds: `std` and `ci95` are null for fewer than two, and where a value is not finite. */
const overSeeds = z.record(
  z.string(),
  z.strictObject({
    mean: jsonNumber,
    std: jsonNumber.nullable(),
    ci95: z.tuple([jsonNumber, jsonNumber]).nullable(),
    n: z.number().int(),
  }),
);

const runSchema = z.strictObject({
  seed: z.number().int(),
  seconds: z.number(),
  metrics: z.record(z.string(), jsonNumber).nullable(),
  failure: z.string().nullable(),
  /** Whether it was on record from before, and not done again. */
  reused: z.boolean(),
  /** Where what it printed is kept, without `.stdout` and `.stderr`: relative to the run, or absolute elsewhere. */
  output: z.string().nullable(),
});

const versionSchema = z.strictObject({
  id: z.string(),
  /** None of its runs failed. */
  ok: z.boolean(),
  runs: z.array(runSchema),
  metrics: overSeeds,
  /** To the baseline, paired by seed. */
  difference: overSeeds.nullable(),
  /** Why its sidecar does not have it; null where it has. */
  unrecorded: z.string().nullable(),
});

/** What `cairn benchmark` found; `operation` takes back what it put into sidecars. */
export const benchmarkOutputSchema = z.strictObject({
  evaluator: z.string(),
  versions: z.array(versionSchema),
  baseline: z.string().nullable(),
  operation: z.string().nullable(),
});
export type BenchmarkOutput = z.infer<typeof benchmarkOutputSchema>;
