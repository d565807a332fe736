import type { FileStatus } from '../files/file-identity.ts';
import type { JudgedStep } from './judge-step.ts';
import type { Step } from './operation.ts';

/** The number of no file. */
const none = -1;

/**
 * The steps of a record, with the inodes that their files have now; null where those are what is on record. A file system that numbers files anew
 * at each mount, as FAT does and some over a network, or a run that somebody copied half done, has others: size and time are the same.
 */
export function renumberSteps(judged: readonly JudgedStep[]): Step[] | null {
  return judged.every(isSure) ? null : judged.map(renumber);
}

/** Whether what is said of it stands whatever became of the numbers. */
function isSure({ step, looks: { from, to }, state }: JudgedStep): boolean {
  if (state === 'pending') return true;
  return (state === 'linked' || state === 'done') && [from, to].some((look) => isMoved(look, step));
}

function renumber({ step, looks: { from, to, keep } }: JudgedStep): Step {
  const moved = [from, to].find((look) => isMoved(look, step));
  const old = [keep, to].find((look) => look !== moved && isThat(look, step.replaced));
  const over = old ? old.ino : step.over;
  // The number of a file that is gone may be that of the one which it was to replace.
  const inode = moved?.ino ?? (step.inode === over ? none : step.inode);
  return { ...step, inode, over };
}

function isMoved(look: FileStatus | null, { size, mtime }: Step): boolean {
  return isThat(look, mtime === undefined ? undefined : { size, mtime });
}

function isThat(
  look: FileStatus | null,
  known: { size: number; mtime: number } | undefined,
): look is FileStatus {
  return look !== null && look.size === known?.size && look.mtimeMs === known.mtime;
}
