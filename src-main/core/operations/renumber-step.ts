import type { Disk } from '../files/disk.ts';
import type { FileStatus } from '../files/file-identity.ts';
import { lookAtWhole } from '../files/look-at-whole.ts';
import type { Step } from './operation.ts';

/**
 * A step of a record, with the inodes that its files have now. Those of a file system that numbers files anew at each mount, as FAT does and
 * most of those over a network, or of a run that somebody copied half done, are others than when the step was made; size and time are the same.
 */
export async function renumberStep(disk: Disk, root: string, step: Step): Promise<Step> {
  const { mtime, replaced, whole } = step;
  if (mtime === undefined) return step;
  const look = (path: string | null) =>
    path === null ? null : (whole ? lookAtWhole : lookAtFile)(disk, `${root}/${path}`);
  const [from, to, keep] = [await look(step.from), await look(step.to), await look(step.keep)];
  const moved = [from, to].find((each) => isThat(each, { size: step.size, mtime }));
  const old = replaced && [keep, to].find((each) => each !== moved && isThat(each, replaced));
  const over = old ? old.ino : step.over;
  // The number of a file that is gone may be that of the one which it was to replace.
  const inode = moved?.ino ?? (step.inode === over ? none : step.inode);
  return { ...step, inode, over };
}

/** The number of no file. */
const none = -1;

const lookAtFile = (disk: Disk, path: string) => disk.lookAt(path);

function isThat(
  look: FileStatus | null,
  { size, mtime }: { size: number; mtime: number },
): look is FileStatus {
  return look !== null && look.size === size && look.mtimeMs === mtime;
}
