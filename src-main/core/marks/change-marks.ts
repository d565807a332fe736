import type { Disk } from '../files/disk.ts';
import { replaceDurably } from '../files/replace-durably.ts';
import { syncFolder } from '../operations/run-folders.ts';
import { emptyMark, type Mark, marksFile, marksText, readMarks } from './marks.ts';

/**
 * Changes what is noted of a version, durably, as it stands by now: others may have noted something since it was looked at. The
 * caller holds the run's lock.
 * @throws ModelManagerError where the marks cannot be read: nothing is written over them
 */
export async function changeMark(
  disk: Disk,
  folder: string,
  id: string,
  change: (mark: Mark) => Mark,
): Promise<Mark> {
  const marks = readMarks(folder);
  const mark = change(marks.get(id) ?? emptyMark(id));
  marks.set(id, mark);
  await replaceDurably(disk, folder, marksFile, Buffer.from(marksText(marks)));
  await syncFolder(disk, folder);
  return mark;
}
