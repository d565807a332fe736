import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import type { Problem } from '../../../shared/model/run.ts';
import { ModelManagerError } from '../errors.ts';
import type { Disk } from '../files/disk.ts';
import { mostBytes, readRecord } from '../files/read-record.ts';
import { replaceDurably } from '../files/replace-durably.ts';

const fileName = 'run.json';
export const runIdSchema = z.string().regex(/^[0-9a-f]{32}$/);
const fileSchema = z.strictObject({ format: z.literal(1), id: runIdSchema });

/**
 * What tells a run from others wherever it is moved to, by which it knows its backups; null where it has none, or a damaged one,
 * which is told.
 */
export async function tellRunId(
  disk: Disk,
  bookkeeping: string,
): Promise<{ id: string | null; problems: Problem[] }> {
  const path = join(bookkeeping, fileName);
  const read = await readRecord(disk, path, (text) => fileSchema.parse(JSON.parse(text)), mostBytes.run);
  if (read === null) return { id: null, problems: [] };
  if ('value' in read) return { id: read.value.id, problems: [] };
  const problem =
    'the identity of this run is damaged, or another version of Cairn wrote it: backups elsewhere that were made before the run was moved are not listed. Name their folder with --from; fix the identity, or move it away';
  return { id: null, problems: [{ path, problem }] };
}

/** The run's identity, made where it has none. The caller holds the run's lock. @throws ModelManagerError for a damaged one */
export async function ensureRunId(disk: Disk, bookkeeping: string): Promise<string> {
  const { id: known, problems } = await tellRunId(disk, bookkeeping);
  if (problems.length > 0) throw damaged(join(bookkeeping, fileName));
  if (known !== null) return known;
  const id = randomBytes(16).toString('hex');
  await replaceDurably(disk, bookkeeping, fileName, Buffer.from(JSON.stringify({ format: 1, id })));
  return id;
}

function damaged(path: string): ModelManagerError {
  return new ModelManagerError(
    `nothing was backed up — ${path} is damaged, or another version of Cairn wrote it: a new one would make the run forget its backups — fix it, or move it away`,
    { path },
  );
}
