import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import type { Disk } from '../files/disk.ts';
import { readText } from '../files/read-text.ts';
import { replaceDurably } from '../files/replace-durably.ts';
import { syncFolder } from '../operations/run-folders.ts';

const fileName = 'run.json';
export const runIdSchema = z.string().regex(/^[0-9a-f]{32}$/);
const fileSchema = z.strictObject({ format: z.literal(1), id: runIdSchema });

/** What tells a run from others wherever it is moved to, by which it knows its backups; null where it has none, or a damaged one. */
export function readRunId(bookkeeping: string): string | null {
  try {
    return fileSchema.parse(JSON.parse(readText(join(bookkeeping, fileName), 4096))).id;
  } catch {
    return null;
  }
}

/** The run's identity, made where it has none. The caller holds the run's lock. */
export async function ensureRunId(disk: Disk, bookkeeping: string): Promise<string> {
  const known = readRunId(bookkeeping);
  if (known !== null) return known;
  const id = randomBytes(16).toString('hex');
  await replaceDurably(disk, bookkeeping, fileName, Buffer.from(JSON.stringify({ format: 1, id })));
  await syncFolder(disk, bookkeeping);
  return id;
}
