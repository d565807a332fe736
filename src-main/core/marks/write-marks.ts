import type { Disk } from '../files/disk.ts';
import { stageFile } from '../files/stage-file.ts';
import { syncFolder } from '../operations/run-folders.ts';
import { type Mark, marksFile, marksText, readMarks } from './marks.ts';

/** Puts a mark on record, durably, beside those that are there by now. The caller holds the run's lock. */
export async function writeMarks(disk: Disk, folder: string, mark: Mark): Promise<Map<string, Mark>> {
  const marks = readMarks(folder).set(mark.id, mark);
  const staged = await stageFile(disk, folder, marksFile, [Buffer.from(marksText(marks))]);
  try {
    await disk.rename(staged.path, `${folder}/${marksFile}`);
  } catch (error) {
    await disk.unlink(staged.path).catch(() => undefined);
    throw error;
  }
  await syncFolder(disk, folder);
  return marks;
}
