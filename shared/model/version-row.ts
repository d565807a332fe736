import { z } from 'zod';
import { integritySchema } from './integrity.ts';
import { anyNumber, jsonObject } from './json.ts';
import { metadataSources, versionKinds } from './version.ts';

/**
 * What the window's table needs of a version. `handle` is issued by main and is the only thing a window sends back;
 * `id` is text to show. Non-finite numbers travel as the strings of our JSON output.
 */
export const versionRowSchema = z.strictObject({
  handle: z.number().int(),
  id: z.string(),
  kind: z.enum(versionKinds),
  version: z.number().int().nullable(),
  timestamp: z.string().nullable(),
  step: anyNumber.nullable(),
  episode: anyNumber.nullable(),
  reward: anyNumber.nullable(),
  metrics: jsonObject,
  tags: z.array(z.string()),
  file_size_bytes: z.number().int(),
  checksum: z.string().nullable(),
  metadata_source: z.enum(metadataSources),
  integrity: integritySchema,
  is_best: z.boolean(),
  is_latest: z.boolean(),
  backups: z.number().int(),
  problems: z.array(z.string()),
});
export type VersionRow = z.infer<typeof versionRowSchema>;
