import { z } from 'zod';
import { type Disk, realDisk } from '../files/disk.ts';
import { errorCode } from '../files/error-code.ts';
import { readText } from '../files/read-text.ts';
import { appendLine } from '../operations/append-line.ts';

const fileName = 'adopted.jsonl';
const limit = 64 * 1024 * 1024;
const lineSchema = z.object({ checksum: z.string() });

/** The SHA-256 of every file that was adopted from another folder: one that was pruned since is not adopted again. */
export function readAdopted(bookkeeping: string): Set<string> {
  try {
    return new Set(readText(`${bookkeeping}/${fileName}`, limit).split('\n').flatMap(checksumIn));
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return new Set();
    throw error;
  }
}

/** Remembers, for good, a file of another folder that is a version now. */
export function rememberAdopted(
  bookkeeping: string,
  checksum: string,
  from: string,
  disk: Disk = realDisk,
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
