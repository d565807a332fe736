import type { Disk } from '../files/disk.ts';
import { replaceDurably } from '../files/replace-durably.ts';
import { syncFolder } from '../operations/run-folders.ts';
import { type Mark, marksFile, marksText, readMarks } from './marks.ts';

/** Puts a mark on record, durably, beside those that are there by now. The caller holds the run's lock. */
export async function writeMarks(disk: Disk, folder: string, mark: Mark): Promise<void> {
  const marks = readMarks(folder).set(mark.id, mark);
  await replaceDurably(disk, folder, marksFile, Buffer.from(marksText(marks)));
  await syncFolder(disk, folder);
}
