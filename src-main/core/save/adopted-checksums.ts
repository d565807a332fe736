import { z } from 'zod';
import { escapeName } from '../catalog/escape-name.ts';
import type { Disk } from '../files/disk.ts';
import { errorCode } from '../files/error-code.ts';
import { linesIn } from '../files/lines-in.ts';
import { readText } from '../files/read-text.ts';
import { appendLine } from '../operations/append-line.ts';
import { NothingToDo } from '../operations/write-run.ts';

const fileName = 'adopted.jsonl';
const limit = 64 * 1024 * 1024;
const lineSchema = z.object({ checksum: z.string() });

/** A file, or a folder, of another program that is adopted: the SHA-256 of its bytes, and its path in the folder that is watched. */
export interface Adoption {
  checksum: string;
  from: string;
}

/** Somebody else who watches the same folder, or one with the same bytes, was first. */
export class AlreadyAdopted extends NothingToDo {}

/** Only a save that holds the run's lock can be sure; asked before it, most need not take it. @throws AlreadyAdopted */
export function assertNotAdopted(bookkeeping: string, { checksum, from }: Adoption): void {
  if (!readAdopted(bookkeeping).has(checksum)) return;
  throw new AlreadyAdopted(
    `${escapeName(from, 400)} is not saved again — its bytes were adopted meanwhile, by another watch — there is nothing to do`,
  );
}

/** The SHA-256 of every file that was adopted from another folder: one that was pruned since is not adopted again. */
export function readAdopted(bookkeeping: string): Set<string> {
  try {
    return new Set([...linesIn(readText(`${bookkeeping}/${fileName}`, limit))].flatMap(checksumIn));
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return new Set();
    throw error;
  }
}

/** Remembers, for good, a file of another folder that is a version now. */
export function rememberAdopted(
  bookkeeping: string,
  { checksum, from }: Adoption,
  disk: Disk,
): Promise<void> {
  const line = JSON.stringify({ checksum, from, at: new Date().toISOString() });
  return appendLine(disk, `${bookkeeping}/${fileName}`, line);
}

function checksumIn(line: string): string[] {
  try {
    return [lineSchema.parse(JSON.parse(line)).checksum];
  } catch {
    return [];
  }
}
