import { z } from 'zod';
import type { DiffView } from '../model/contents-view.ts';
import { markChangeSchema } from '../model/mark-change.ts';
import { problemSchema } from '../model/run.ts';
import { metricDirectionSchema } from '../model/run-choices.ts';
import { defaultPlaceSchema } from './app-contract.ts';
import {
  handle,
  nothing,
  run,
  task,
  version,
  versionHandle,
  versions,
  versionsOfRuns,
  written,
} from './handles.ts';

/** An operation or a backup of a run, as the core names it; never a path. */
export const recordId = z.string().regex(/^[\w-]{1,64}$/);
const count = z.number().int().nonnegative();
const label = z.string().max(200);
/** What tells one plan from another. */
export const plan = z.string().regex(/^[0-9a-f]{64}$/);

/** A rule that is null keeps nothing by itself. `kinds`: which versions may go. `metric` is null for the run's own. */
export const pruneRules = z.strictObject({
  metric: metricDirectionSchema.nullable(),
  keepBest: count.nullable(),
  keepLatest: count.nullable(),
  keepEvery: z.number().int().positive().nullable(),
  kinds: z.enum(['best', 'all']),
});
const pruning = pruneRules.extend({ runId: handle });

/**
 * What pruning would do, as JSON text: `versions` are handles, `outcomes` says for each of them which of the `kinds` its outcome is.
 * `size` is what the files hold that go; while it is only simulated, what the list says of their models.
 */
export interface PrunePlan {
  versions: number[];
  outcomes: number[];
  kinds: PruneOutcome[];
  removed: number;
  size: number;
  /** What emptying the trash would give back to the disk, `atMost` when it may be less; null for a plan that was only simulated. */
  gain: { bytes: number; atMost: boolean } | null;
  /** What `prune` takes: it does this plan and no other. Null for one that was only simulated. */
  plan: string | null;
}

/** What becomes of versions; `refused` when they stay whatever the rules say. */
export interface PruneOutcome {
  keep: boolean;
  refused: boolean;
  reasons: readonly string[];
}

/** A version of a record. `id` is text to show, `version` its number; `twin` where the run has another version of that number or, without one, of that name. */
const namedVersionSchema = z.strictObject({
  id: z.string(),
  version: z.number().nullable(),
  twin: z.literal(true).optional(),
});

/** What can be brought back of one operation; `named` are its first versions. */
const trashedSchema = z.strictObject({
  operation: recordId,
  at: z.string(),
  reason: z.string(),
  versionCount: count,
  named: z.array(namedVersionSchema),
  bytes: z.number(),
  automatic: z.boolean(),
});

const farthest = z.number().nullable();
/** How far training had come with some versions: the highest that any of them has; null where none says it. */
const reachSchema = z.strictObject({ version: farthest, step: farthest, episode: farthest });

/**
 * `unrecorded`: no checksum of its files is on record, so that nothing was verified, and it can only be restored. `elsewhere` is the folder of a backup that is not with the run, `of` that of the run that it is of where that is another; text to show.
 * `named` are its first versions.
 */
const backupSchema = z.strictObject({
  backup: recordId,
  at: z.string(),
  label: z.string().nullable(),
  reason: z.string(),
  versionCount: count,
  named: z.array(namedVersionSchema),
  bytes: z.number(),
  state: z.enum(['verified', 'damaged', 'unrecorded']),
  verifiedAt: z.string().nullable(),
  elsewhere: z.string().nullable(),
  of: z.string().nullable(),
  reach: reachSchema,
});

/** `bytes` are those of the backed up files of the version, `files` their names; `left` those that other models share, which stay as they are now, `removed` those that go to the trash and get nothing in their place. All are text to show. */
const restoreChangeSchema = namedVersionSchema.extend({
  action: z.enum(['create', 'replace', 'same']),
  files: z.array(z.string()),
  bytes: z.number(),
  left: z.array(z.string()).optional(),
  removed: z.array(z.string()).optional(),
});

/** One line of the log. `named` are its first versions; `operation` can still be undone, null where nothing can. */
const logLineSchema = z.strictObject({
  at: z.string(),
  command: z.string(),
  who: z.string(),
  versionCount: count,
  named: z.array(namedVersionSchema),
  bytes: z.number().nullable(),
  seconds: z.number(),
  result: z.string(),
  operation: recordId.nullable(),
  reach: reachSchema,
});

/** A file of a version that is in the trash. */
const trashedVersionSchema = namedVersionSchema.extend({ bytes: z.number() });

const trashedOperation = z.strictObject({ runId: handle, operation: recordId });
const operations = z.strictObject({ runId: handle, operations: z.array(recordId).max(1_000_000) });
/** Where backups are looked for: a place that was chosen, whatever runs they are of; null for those of the run. */
const place = handle.nullable();
const backups = z.strictObject({ runId: handle, place });
const backup = backups.extend({ backup: recordId });
/** All that the backup holds, or one version of the run alone. */
const restoring = backup.extend({ only: versionHandle.nullable() });

/**
 * The requests that change a run, and those that say beforehand what they would change. An `operation` that comes back is what
 * `undo` takes; null when there is nothing to take back.
 */
export const writingRequests = {
  /** A `PrunePlan` by what is known now: nothing is read. */
  simulatePrune: { input: pruning, output: z.strictObject({ json: z.string() }) },
  /** A `PrunePlan`, once the versions that stay were read. */
  planPrune: { input: pruning, output: task },
  /** `Pruned`. */
  prune: { input: pruning.extend({ plan }), output: task },
  moveToTrash: { input: versions, output: z.strictObject({ operation: recordId }) },
  listTrash: {
    input: run,
    output: z.strictObject({ operations: z.array(trashedSchema), problems: z.array(problemSchema) }),
  },
  /** The first thousand versions of an operation whose files are in the trash. */
  showTrashed: {
    input: trashedOperation,
    output: z.strictObject({ versions: z.array(trashedVersionSchema), who: z.string() }),
  },
  /** The record that lies beside one of them, by its place among them; null where there is none. */
  showTrashedVersion: {
    input: trashedOperation.extend({ version: count }),
    output: z.strictObject({ json: z.string().nullable() }),
  },
  /** How many versions came back, and how many left: those that the operation had brought. */
  undo: {
    input: trashedOperation,
    output: z.strictObject({ restored: count, removed: count }),
  },
  /** What deleting these for good would give back to the disk; `atMost` when it may be less. `size` is what the files hold. */
  planEmptying: {
    input: operations,
    output: z.strictObject({
      versionCount: count,
      bytes: z.number(),
      size: z.number(),
      atMost: z.boolean(),
    }),
  },
  /** Deletes for good what the person was shown, and nothing that came since. */
  emptyTrash: { input: operations, output: z.strictObject({ versionCount: count, bytes: z.number() }) },
  /** What was done to a run, newest first; `older` is how many lines more there are. */
  listLog: { input: run, output: z.strictObject({ lines: z.array(logLineSchema), older: count }) },
  /** `SealedRun` */
  sealRun: { input: run, output: task },
  /** Asks the person for a folder; null when they think better of it. The work comes to an {@link ExportedVersions}. */
  exportVersions: { input: versionsOfRuns, output: z.strictObject({ taskId: handle.nullable() }) },
  /** Asks the person where to write what verifying these runs has found; null when they think better of it. */
  saveReport: {
    input: z.strictObject({ runIds: z.array(handle).min(1).max(1000), format: z.enum(['html', 'json']) }),
    output: z.strictObject({ written: written.nullable() }),
  },
  markVersions: {
    input: versions.extend({ change: markChangeSchema }),
    output: z.strictObject({ undo: handle }),
  },
  /** Takes back what `markVersions` did, but for what was noted since. */
  restoreMarks: { input: z.strictObject({ runId: handle, undo: handle }), output: nothing },
  /** Where new backups of a run go unless the person says otherwise; null for with the run. `place` is null where there is a problem. */
  defaultBackupPlace: {
    input: run,
    output: defaultPlaceSchema.extend({ place: handle.nullable() }).nullable(),
  },
  /** Asks the person for a place of backups; null when they think better of it. `shown` is its folder, text to show. */
  chooseBackupPlace: {
    input: z.strictObject({ purpose: z.enum(['back up', 'restore']) }),
    output: z.strictObject({ place: handle, shown: z.string() }).nullable(),
  },
  /** `BackedUp`. */
  backUp: {
    input: z.strictObject({
      runId: handle,
      versions: z.array(versionHandle).max(1_000_000).nullable(),
      label: label.nullable(),
      /** Null for the run's own backups. */
      place: handle.nullable(),
    }),
    output: task,
  },
  /** One, or all that are listed: `{ verified, damaged }`, how many were found so. */
  verifyBackups: { input: backups.extend({ backup: recordId.nullable() }), output: task },
  /** `gone`: files that went with it and are nowhere else, as it could not restore them any more: bytes there were damaged. */
  deleteBackup: { input: backup, output: z.strictObject({ gone: z.array(z.string()) }) },
  /** `unclaimed`: bytes in the run's own store that no backup has; 0 of a folder that is named, where others make backups too. */
  listBackups: {
    input: backups,
    output: z.strictObject({
      backups: z.array(backupSchema),
      problems: z.array(problemSchema),
      unclaimed: count,
    }),
  },
  /**
   * The newest backup of the run that holds the version and was whole when it was last read, else one that is `unrecorded`; `damaged`: how many others
   * hold it and were not whole.
   */
  findBackupOf: {
    input: version,
    output: z.strictObject({ backup: backupSchema.nullable(), damaged: count }),
  },
  planRestore: { input: restoring, output: z.strictObject({ changes: z.array(restoreChangeSchema) }) },
  /** A version of a backup, by its place in what `planRestore` gives, beside that of the run: `RestoredDifference`. */
  compareRestored: { input: restoring.extend({ version: count }), output: task },
  /** `Restored`. */
  restore: { input: restoring, output: task },
} as const;

export type AskedRules = z.infer<typeof pruneRules>;
export type Pruning = z.infer<typeof pruning>;
export type Reach = z.infer<typeof reachSchema>;
export type NamedVersion = z.infer<typeof namedVersionSchema>;
export type Trashed = z.infer<typeof trashedSchema>;
export type Backup = z.infer<typeof backupSchema>;
export type RestoreChange = z.infer<typeof restoreChangeSchema>;
export type LogLine = z.infer<typeof logLineSchema>;

/** What pruning came to: the operation to undo, null where nothing had to go. */
export interface Pruned {
  operation: string | null;
  removed: number;
}

/** A backup that was made, and which versions are not in it. */
export interface BackedUp {
  versionCount: number;
  bytes: number;
  leftOut: { id: string; why: string }[];
}

/** How many verified copies there are, in which folder, as text, and the handle by which that can be shown. */
export interface ExportedVersions {
  files: number;
  to: string;
  writtenId: string;
}

/** How many files of a run got a checksum, and which versions were left out. */
export interface SealedRun {
  sealed: number;
  leftOut: { id: string; why: string }[];
}

/** What a restore came to: how many versions it changed, and of how many of those the bytes were read again and are not whole. */
export interface Restored {
  operation: string | null;
  restored: number;
  broken: number;
}

/**
 * A version of a backup beside that of the run. `metrics` has those that differ, as the files have them, whole numbers past 2^53 as text, null
 * where there is none; `diff` is null where the files could not be compared, and `why` says so.
 */
export interface RestoredDifference {
  metrics: { name: string; now: number | string | null; backup: number | string | null }[];
  diff: DiffView | null;
  why: string | null;
}
