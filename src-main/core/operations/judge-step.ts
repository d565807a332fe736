import type { Disk } from '../files/disk.ts';
import type { FileStatus } from '../files/file-identity.ts';
import { lookAtWhole } from '../files/look-at-whole.ts';
import { isKept, type Step } from './operation.ts';
import { renumberSteps } from './renumber-steps.ts';

/**
 * How far a step is. `linked`: the file has both names. `blocked`: another file has the name, or one of the two files was
 * written to since the step was made. `lost`: the file is neither here nor there.
 */
type StepState = 'pending' | 'linked' | 'done' | 'blocked' | 'lost';

/** What has each of the names of a step now. */
interface StepLooks {
  from: FileStatus | null;
  to: FileStatus | null;
  keep: FileStatus | null;
}

/** A step, and how it stands. */
export interface JudgedStep {
  step: Step;
  looks: StepLooks;
  state: StepState;
}

export async function judgeStep(disk: Disk, root: string, step: Step): Promise<JudgedStep> {
  const { from, to, keep, whole } = step;
  const look = (path: string) =>
    whole ? lookAtWhole(disk, `${root}/${path}`) : disk.lookAt(`${root}/${path}`);
  const looks = {
    from: await look(from),
    to: await look(to),
    keep: keep === null ? null : await look(keep),
  };
  return { step, looks, state: stateOf(looks, step) };
}

/** How steps on record stand, with the inodes that their files have now: see {@link renumberSteps}. */
export async function judgeSteps(disk: Disk, root: string, steps: readonly Step[]): Promise<JudgedStep[]> {
  const judged = await Promise.all(steps.map((step) => judgeStep(disk, root, step)));
  const renumbered = renumberSteps(judged);
  return judged.map((before, index) => {
    const step = renumbered?.[index] ?? before.step;
    return { step, looks: before.looks, state: stateOf(before.looks, step) };
  });
}

/** The first step that cannot be taken any more: its operation can only be taken back. */
export function findObstacle(judged: readonly JudgedStep[]): JudgedStep | undefined {
  return judged.find(({ state }) => state === 'lost' || state === 'blocked');
}

/** What is in the way of a step, and in which words: `checkpoint.pt`, `changed on disk`. */
export function tellObstacle({ step, looks, state }: JudgedStep): { path: string; what: string } {
  const path = state === 'lost' || isKept(step.to) ? step.from : step.to;
  return { path, what: state === 'lost' && !looks.from ? 'is gone' : 'changed on disk' };
}

function stateOf({ from, to, keep }: StepLooks, step: Step): StepState {
  if (to?.ino === step.inode) return stateOfArrived(from, step);
  if (!isMoved(from, step)) return 'lost';
  const mayGo = isReplaced(to, step) || (to === null && isReplaced(keep, step));
  return mayGo ? 'pending' : 'blocked';
}

/** Where it has lost its old name nothing is left to do, whatever a training wrote to it since. */
function stateOfArrived(from: FileStatus | null, step: Step): StepState {
  if (from?.ino !== step.inode) return 'done';
  return isMoved(from, step) ? 'linked' : 'blocked';
}

/** Whether what has the new name may lose it again: not where somebody wrote to it there since. In the trash nobody does. */
export function mayLoseNewName({ looks: { to }, step }: JudgedStep): boolean {
  return to?.ino === step.inode && (isKept(step.to) || isMoved(to, step));
}

/** Whether the trash keeps the file that was replaced, whatever was written to it since. */
export function hasOld({ looks: { keep }, step: { over } }: JudgedStep): boolean {
  return keep !== null && keep.ino === over;
}

/** Whether what is in the trash by this step was written to on its way there. */
export function wasWrittenTo({ looks: { to, keep }, step }: JudgedStep): boolean {
  if (isKept(step.to)) return !isMoved(to, step);
  return step.keep !== null && !isReplaced(keep, step);
}

/** Whether it is the file that moves, as it was when the step was made: another name changes its ctime, and no more. */
function isMoved(look: FileStatus | null, { inode, size, mtime }: Step): boolean {
  return look?.ino === inode && look.size === size && (mtime === undefined || look.mtimeMs === mtime);
}

/** Whether it is the file that is replaced, as it was when the step was made; nothing, where the name was free. */
function isReplaced(look: FileStatus | null, { over, replaced }: Step): boolean {
  if (look === null || replaced === undefined) return (look?.ino ?? null) === over;
  return look.ino === over && look.size === replaced.size && look.mtimeMs === replaced.mtime;
}
