import { z } from 'zod';
import { problemSchema } from '../model/run.ts';
import { handle, nothing, run, versionHandle, versions } from './handles.ts';

/** An operation or a backup of a run, as the core names it; never a path. */
const recordId = z.string().regex(/^[\w-]{1,64}$/);
const count = z.number().int().nonnegative();
const label = z.string().max(200);
/** What tells one plan from another. */
const plan = z.string().regex(/^[0-9a-f]{64}$/);

/** A rule that is null keeps nothing by itself. `kinds`: which versions may go. */
const pruning = z.strictObject({
  runId: handle,
  keepBest: count.nullable(),
  keepLatest: count.nullable(),
  keepEvery: z.number().int().positive().nullable(),
  kinds: z.enum(['best', 'all']),
});

/** What pruning would do with one version; `refused` when it stays whatever the rules say. `id` is text to show. */
const plannedVersionSchema = z.strictObject({
  version: versionHandle,
  id: z.string(),
  keep: z.boolean(),
  refused: z.boolean(),
  reasons: z.array(z.string()),
});

/**
 * `versions` is the JSON text of PlannedVersion[]: one string crosses faster than the objects would; `bytes` is what emptying the
 * trash would give back, `atMost` when it may be less. `plan` is what `prune` takes: it does this plan and no other.
 */
const prunePlanSchema = z.strictObject({
  versions: z.string(),
  removed: count,
  bytes: z.number(),
  atMost: z.boolean(),
  plan,
});

/** What can be brought back of one operation; `ids` names its first versions, text to show. */
const trashedSchema = z.strictObject({
  operation: recordId,
  at: z.string(),
  reason: z.string(),
  versionCount: count,
  ids: z.array(z.string()),
  bytes: z.number(),
});

/** `elsewhere` is the folder of a backup that is not with the run, `of` that of the run that it is of where that is another; text to show. */
const backupSchema = z.strictObject({
  backup: recordId,
  at: z.string(),
  label: z.string().nullable(),
  reason: z.string(),
  versionCount: count,
  bytes: z.number(),
  state: z.enum(['verified', 'damaged']),
  verifiedAt: z.string(),
  elsewhere: z.string().nullable(),
  of: z.string().nullable(),
});

const restoreChangeSchema = z.strictObject({
  id: z.string(),
  action: z.enum(['create', 'replace', 'same']),
});

const tags = z.array(z.string().min(1).max(100)).max(100);
/** What is to be noted otherwise of versions; null, or no tags, leaves that as it is. */
const markChange = z.strictObject({
  pinned: z.boolean().nullable(),
  addTags: tags,
  removeTags: tags,
  notes: z.string().max(100_000).nullable(),
});

const leftOutSchema = z.strictObject({ id: z.string(), why: z.string() });
/** Where backups are looked for: a place that was chosen, whatever runs they are of; null for those of the run. */
const place = handle.nullable();
const backups = z.strictObject({ runId: handle, place });
const backup = backups.extend({ backup: recordId });

/**
 * The requests that change a run, and those that say beforehand what they would change. An `operation` that comes back is what
 * `undo` takes; null when there is nothing to take back.
 */
export const writingRequests = {
  planPrune: { input: pruning, output: prunePlanSchema },
  prune: {
    input: pruning.extend({ plan }),
    output: z.strictObject({ operation: recordId.nullable(), removed: count }),
  },
  moveToTrash: { input: versions, output: z.strictObject({ operation: recordId }) },
  listTrash: {
    input: run,
    output: z.strictObject({ operations: z.array(trashedSchema), problems: z.array(problemSchema) }),
  },
  undo: {
    input: z.strictObject({ runId: handle, operation: recordId }),
    output: z.strictObject({ restored: count }),
  },
  /** Deletes for good what the person was shown, and nothing that came since. */
  emptyTrash: {
    input: z.strictObject({ runId: handle, operations: z.array(recordId).max(1_000_000) }),
    output: z.strictObject({ versionCount: count, bytes: z.number() }),
  },
  markVersions: { input: versions.extend({ change: markChange }), output: z.strictObject({ undo: handle }) },
  /** Takes back what `markVersions` did, but for what was noted since. */
  restoreMarks: { input: z.strictObject({ runId: handle, undo: handle }), output: nothing },
  /** Asks the person for a place of backups; null when they think better of it. `shown` is its folder, text to show. */
  chooseBackupPlace: {
    input: z.strictObject({ purpose: z.enum(['back up', 'restore']) }),
    output: z.strictObject({ place: handle, shown: z.string() }).nullable(),
  },
  backUp: {
    input: z.strictObject({
      runId: handle,
      versions: z.array(versionHandle).max(1_000_000).nullable(),
      label: label.nullable(),
      /** Null for the run's own backups. */
      place: handle.nullable(),
    }),
    output: z.strictObject({ versionCount: count, bytes: z.number(), leftOut: z.array(leftOutSchema) }),
  },
  verifyBackup: { input: backup, output: z.strictObject({ state: z.enum(['verified', 'damaged']) }) },
  deleteBackup: { input: backup, output: nothing },
  listBackups: {
    input: backups,
    output: z.strictObject({ backups: z.array(backupSchema), problems: z.array(problemSchema) }),
  },
  planRestore: { input: backup, output: z.strictObject({ changes: z.array(restoreChangeSchema) }) },
  restore: {
    input: backup,
    output: z.strictObject({ operation: recordId.nullable(), restored: count }),
  },
} as const;

export type MarkChange = z.infer<typeof markChange>;
export type Pruning = z.infer<typeof pruning>;
export type PlannedVersion = z.infer<typeof plannedVersionSchema>;
export type Trashed = z.infer<typeof trashedSchema>;
export type BackupSource = z.infer<typeof backups>;
export type Backup = z.infer<typeof backupSchema>;
export type RestoreChange = z.infer<typeof restoreChangeSchema>;
