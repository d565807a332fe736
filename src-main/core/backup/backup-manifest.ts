import { createHash } from 'node:crypto';
import { z } from 'zod';
import { folderModeSchema, ownFolder, runPathSchema } from '../operations/operation.ts';
import { runIdSchema } from './run-identity.ts';

/** Folders may be shared: a manifest in one must not bring anything into what Cairn keeps of a run for itself. */
const modelPathSchema = runPathSchema.refine(
  (path) => path.split('/')[0]?.toLowerCase() !== ownFolder,
  'not a path of a model',
);

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/**
 * A file of a version, and the object of the store that holds its bytes; `mtime_ms` is when it was last written to, in milliseconds, which
 * records of older versions do not say; `listed`: its checksum was on the run's list; `clone_of` is the file of the run, as it was, with which
 * the object shares them on the disk.
 */
export const backupFileSchema = z.strictObject({
  path: modelPathSchema,
  checksum: sha256,
  size: z.number(),
  mtime_ms: z.number().optional(),
  listed: z.literal(true).optional(),
  clone_of: z.strictObject({ ino: z.number(), mtime_ms: z.number() }).optional(),
});
export type BackupFile = z.infer<typeof backupFileSchema>;

/**
 * One backup: versions of a run as they were, the model first among the files of each; `folders` are those that one is made of, outer ones
 * first, where it is a folder. `run` is where that run was, `run_id` what
 * it is known by wherever it was moved since; `number` is higher than that of any backup that its store had by then, which records of older versions
 * do not say. `verified_at` is when its bytes were
 * last compared with these checksums, `state` what came of it.
 */
const backupManifestSchema = z.strictObject({
  format: z.literal(1),
  id: z.string().regex(/^[\w-]{1,64}$/),
  label: z.string().nullable(),
  reason: z.string(),
  number: z.int().positive().optional(),
  created_at: z.string(),
  run: z.string(),
  run_id: runIdSchema.optional(),
  versions: z.array(
    z.strictObject({
      id: modelPathSchema,
      files: z.array(backupFileSchema).min(1),
      folders: z.array(folderModeSchema.extend({ path: modelPathSchema })).optional(),
    }),
  ),
  verified_at: z.string(),
  state: z.enum(['verified', 'damaged']),
});
export type BackupManifest = z.infer<typeof backupManifestSchema>;

const storedSchema = backupManifestSchema.extend({ checksum: sha256 });

/** A manifest as a file: with a checksum of itself, so that no bit of it flips unnoticed. */
export function manifestText(manifest: BackupManifest): string {
  return textOf(backupManifestSchema.parse(manifest));
}

/** @param ordered with its keys in the order of the schema */
function textOf(ordered: BackupManifest): string {
  const checksum = createHash('sha256').update(JSON.stringify(ordered)).digest('hex');
  return `${JSON.stringify({ ...ordered, checksum }, null, 2)}\n`;
}

/** @throws where it is not, to the byte, what {@link manifestText} wrote of the backup of that id */
export function parseManifest(text: string, id: string): BackupManifest {
  const { checksum: _, ...manifest } = storedSchema.parse(JSON.parse(text));
  if (manifest.id !== id || textOf(manifest) !== text) throw new Error('it is not what was written');
  return manifest;
}

/**
 * Compares backups of one store by when they were made, the older first: by their numbers, which never go back as clocks do. Those without one
 * came before, and are told apart by the clock.
 */
export function compareAge(a: BackupManifest, b: BackupManifest): number {
  const byNumber = (a.number ?? 0) - (b.number ?? 0);
  if (byNumber !== 0) return byNumber;
  if (a.created_at === b.created_at) return 0;
  return a.created_at < b.created_at ? -1 : 1;
}

/** Bytes of the files of a backup; those that it shares with another are counted in both. */
export function bytesOf({ versions }: Pick<BackupManifest, 'versions'>): number {
  return filesOf({ versions }).reduce((sum, { size }) => sum + size, 0);
}

export function filesOf({ versions }: Pick<BackupManifest, 'versions'>): BackupFile[] {
  return versions.flatMap(({ files }) => files);
}
