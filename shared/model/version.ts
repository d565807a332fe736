import { z } from 'zod';
import { integritySchema } from './integrity.ts';
import { jsonNumber, jsonObject } from './json-schemas.ts';

export const versionKinds = ['best', 'checkpoint'] as const;
export const metadataSources = ['sidecar', 'file_name', 'contents', 'none'] as const;

/**
 * One saved state of a model, with what its sidecar, else its file name, says of it: a row of the window, an element of
 * `cairn ls --json`. `id` is the file's path relative to the run, with `/`. Sizes are bytes. `timestamp` stays as it was
 * written (ISO 8601 or `YYYYmmdd_HHMMSS`). `problems` has a sentence for each fault of its record, `backups` counts those
 * that its run keeps itself, and copies beside it.
 */
export const versionSchema = z.strictObject({
  id: z.string(),
  kind: z.enum(versionKinds),
  version: z.number().int().nullable(),
  timestamp: z.string().nullable(),
  step: jsonNumber.nullable(),
  episode: jsonNumber.nullable(),
  reward: jsonNumber.nullable(),
  metrics: jsonObject,
  training_state: jsonObject.nullable(),
  symbol: z.string().nullable(),
  tags: z.array(z.string()),
  notes: z.string().nullable(),
  pinned: z.boolean(),
  file_size_bytes: z.number().int(),
  checksum: z.string().nullable(),
  metadata_source: z.enum(metadataSources),
  integrity: integritySchema,
  is_best: z.boolean(),
  is_latest: z.boolean(),
  backups: z.number().int(),
  problems: z.array(z.string()),
});

export type Version = z.infer<typeof versionSchema>;

/** What the record of a version says: all but what is found out about its bytes and its rank. */
export type VersionRecord = Omit<Version, 'integrity' | 'is_best' | 'is_latest'>;
export type VersionKind = Version['kind'];
