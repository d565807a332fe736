import { dirname } from 'node:path';
import type { Disk, DiskFile } from '../files/disk.ts';
import { writeAll } from '../files/stage-file.ts';
import { syncFolder } from './run-folders.ts';

/**
 * Adds a line to a file, for good. A line that a power cut left unfinished is ended first, so that it spoils no other.
 * @param line without its end
 */
export async function appendLine(disk: Disk, path: string, line: string): Promise<void> {
  const file = await disk.append(path);
  try {
    const size = await file.size();
    const start = (await isCut(file, size)) ? '\n' : '';
    await writeAll(file, Buffer.from(`${start}${line}\n`));
    await file.sync();
    if (size === 0) await syncFolder(disk, dirname(path));
  } finally {
    await file.close();
  }
}

async function isCut(file: DiskFile, size: number): Promise<boolean> {
  const last = Buffer.alloc(1);
  return size > 0 && (await file.read(last, size - 1)) === 1 && last[0] !== 0x0a;
}
