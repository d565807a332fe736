import type { Disk } from '../files/disk.ts';
import { replaceDurably } from '../files/replace-durably.ts';
import type { Remarked } from './mark-change.ts';
import { emptyMark, type Mark, marksFile, marksText, readMarks } from './marks.ts';

/**
 * Changes what is noted of versions, of all or of none, durably, as it stands by now: others may have noted something since it
 * was looked at. The caller holds the run's lock.
 * @param from the folder where they are read
 * @throws ModelManagerError where the marks cannot be read: nothing is written over them
 */
export async function changeMarks(
  disk: Disk,
  folder: string,
  ids: readonly string[],
  change: (mark: Mark) => Mark,
  from = folder,
): Promise<Remarked[]> {
  const marks = readMarks(from);
  const remarked = ids.map((id) => {
    const before = marks.get(id) ?? emptyMark(id);
    return { before, after: change(before) };
  });
  for (const { after } of remarked) marks.set(after.id, after);
  await replaceDurably(disk, folder, marksFile, Buffer.from(marksText(marks)));
  return remarked;
}
