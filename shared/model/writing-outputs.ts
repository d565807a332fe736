import { z } from 'zod';
import { benchmarkOutputSchema } from './benchmark-output.ts';
import { problemSchema } from './run.ts';

const id = z.string();
const bytes = z.number();

/** `companions`: what was saved with its model. */
const saveOutputSchema = z.strictObject({
  id,
  version: z.number().int().nullable(),
  checksum: z.string(),
  file_size_bytes: bytes,
  companions: z.array(z.strictObject({ id, checksum: z.string(), file_size_bytes: bytes })),
  pruned: z.array(id),
  operation: id.nullable(),
  replaced: z.strictObject({ operation: id.nullable(), backup: id.nullable() }).nullable(),
  emptied: z.array(id),
});
export type SaveOutput = z.infer<typeof saveOutputSchema>;

/** `warnings`: what must be known of the metric that it goes by. */
const pruneOutputSchema = z.strictObject({
  applied: z.boolean(),
  operation: id.nullable(),
  bytes_freed_now: bytes,
  versions: z.array(z.strictObject({ id, keep: z.boolean(), reasons: z.array(z.string()) })),
  bytes_freed: bytes,
  bytes_freed_at_most: z.boolean(),
  refused: z.array(z.strictObject({ id, why: z.string() })),
  kinds: z.enum(['best', 'all']),
  warnings: z.array(z.string()),
});
export type PruneOutput = z.infer<typeof pruneOutputSchema>;

/** Of several runs at once, by their absolute paths; `failed` could not be pruned, and why. */
const prunedRunsSchema = z.strictObject({
  applied: z.boolean(),
  runs: z.array(pruneOutputSchema.extend({ run: z.string() })),
  failed: z.array(z.strictObject({ run: z.string(), why: z.string() })),
  bytes_freed: bytes,
  bytes_freed_at_most: z.boolean(),
});
export type PrunedRuns = z.infer<typeof prunedRunsSchema>;

const trashOutputSchema = z.strictObject({
  operations: z.array(
    z.strictObject({ id, at: z.string(), reason: z.string(), versions: z.array(id), bytes }),
  ),
  damaged: z.array(z.strictObject({ id, files: z.array(z.string()), bytes })),
  bytes,
  problems: z.array(problemSchema),
});

const undoOutputSchema = z.strictObject({ operation: id, restored: z.array(id), removed: z.array(id) });

const backupOutputSchema = z.strictObject({
  id,
  label: z.string().nullable(),
  reason: z.string(),
  created_at: z.string(),
  to: z.string(),
  versions: z.array(id),
  bytes,
});

const backupsOutputSchema = z.strictObject({
  backups: z.array(
    backupOutputSchema.extend({
      run: z.string(),
      verified_at: z.string().nullable(),
      state: z.enum(['verified', 'damaged', 'unrecorded']),
    }),
  ),
  problems: z.array(problemSchema),
});

/** A version by its model, and each further file of it, as of one that is a folder; `removed` goes to the trash with it, and gets nothing in its place. `of`: the run that the backup is of, where that is another. */
const restoreOutputSchema = z.strictObject({
  backup: id,
  applied: z.boolean(),
  changes: z.array(
    z.strictObject({
      id,
      action: z.enum(['create', 'replace', 'same']),
      from: z.string().nullable(),
      to: z.string(),
      removed: z.array(id).optional(),
    }),
  ),
  operation: id.nullable(),
  of: z.string().nullable(),
});

const sealedFiles = z.array(z.strictObject({ id, checksum: z.string() }));

const logOutputSchema = z.strictObject({
  entries: z.array(
    z.strictObject({
      at: z.string(),
      command: z.string(),
      who: z.string(),
      ids: z.array(id),
      seconds: z.number(),
      result: z.string(),
      operation: id.optional(),
      bytes: z.number().optional(),
      version: z.number().int().optional(),
      of: z.string().optional(),
    }),
  ),
});

/** A checkpoint that was written anew; `source_bytes` has the file that it was made from. */
const written = z.strictObject({
  out: z.string(),
  tensors: z.number().int(),
  bytes: z.number().int(),
  source_bytes: z.number().int(),
  checksum: z.string(),
  left_out: z.array(z.string()),
});

/** The documents of the commands that write to a run, by the name `cairn schema` gives them. */
export const writingDocuments: readonly [string, z.ZodType][] = [
  ['save', saveOutputSchema],
  ['prune', pruneOutputSchema],
  ['prune-several', prunedRunsSchema],
  ['trash', trashOutputSchema],
  ['undo', undoOutputSchema],
  ['backup', backupOutputSchema],
  ['backups', backupsOutputSchema],
  ['restore', restoreOutputSchema],
  ['convert', written],
  ['repair', written],
  ['export', z.strictObject({ to: z.string(), files: sealedFiles })],
  ['seal', z.strictObject({ sealed: z.number().int(), files: sealedFiles })],
  ['log', logOutputSchema],
  ['benchmark', benchmarkOutputSchema],
];
