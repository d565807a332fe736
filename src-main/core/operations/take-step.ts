import { escapeName } from '../catalog/escape-name.ts';
import { ModelManagerError } from '../errors.ts';
import type { Disk } from '../files/disk.ts';
import { errorCode } from '../files/error-code.ts';
import type { Step } from './operation.ts';

/**
 * How far a step is. `linked`: the file has both names. `blocked`: another file has the name, or the file that was to be
 * replaced is another now. `lost`: the file is neither here nor there.
 */
export type StepState = 'pending' | 'linked' | 'done' | 'blocked' | 'lost';

/** File systems without hard links, and files that may not have another name. */
const noLinks = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']);

export async function stateOfStep(disk: Disk, root: string, step: Step): Promise<StepState> {
  const from = await disk.lookAt(`${root}/${step.from}`);
  const to = await disk.lookAt(`${root}/${step.to}`);
  const isHere = from?.ino === step.inode && from.size === step.size;
  if (to?.ino === step.inode && to.size === step.size) return isHere ? 'linked' : 'done';
  if (!isHere) return 'lost';
  return (to?.ino ?? null) === step.over ? 'pending' : 'blocked';
}

/** Takes a step, from wherever an earlier attempt left it. @throws ModelManagerError when it cannot be taken any more */
export async function takeStep(disk: Disk, root: string, step: Step): Promise<void> {
  const state = await stateOfStep(disk, root, step);
  if (state === 'done') return;
  const [from, to] = [`${root}/${step.from}`, `${root}/${step.to}`];
  if (state === 'linked') return disk.unlink(from);
  if (state !== 'pending') throw conflict(step, state);
  if (step.over === null) return moveFree(disk, from, to);
  if (step.keep !== null) await keepOld(disk, to, `${root}/${step.keep}`, step.over);
  await disk.rename(from, to);
}

/** Takes a step back that was taken, or half taken. */
export async function untakeStep(disk: Disk, root: string, step: Step): Promise<void> {
  const state = await stateOfStep(disk, root, step);
  const [from, to] = [`${root}/${step.from}`, `${root}/${step.to}`];
  if (step.over === null) return untakeFree(disk, state, from, to);
  if (step.keep === null) return;
  const keep = `${root}/${step.keep}`;
  if (state === 'done') return putBack(disk, { from, to, keep });
  if (state === 'pending' && (await disk.lookAt(keep))?.ino === step.over) await disk.unlink(keep);
}

async function untakeFree(disk: Disk, state: StepState, from: string, to: string): Promise<void> {
  if (state === 'linked') await disk.unlink(to);
  if (state === 'done') await moveFree(disk, to, from);
}

async function putBack(
  disk: Disk,
  { from, to, keep }: { from: string; to: string; keep: string },
): Promise<void> {
  await disk.link(to, from).catch((error: unknown) => {
    if (noLinks.has(errorCode(error) ?? '')) return disk.rename(to, from);
    throw error;
  });
  await disk.rename(keep, to);
}

/** Never over a file that came to have the name meanwhile: a link fails there, a rename would replace it. */
async function moveFree(disk: Disk, from: string, to: string): Promise<void> {
  try {
    await disk.link(from, to);
  } catch (error) {
    if (!noLinks.has(errorCode(error) ?? '')) throw error;
    if (await disk.lookAt(to)) throw Object.assign(new Error('EEXIST'), { code: 'EEXIST' });
    return disk.rename(from, to);
  }
  await disk.unlink(from);
}

/** The old file gets a second name before the first is taken from it, so that at no time the name stands for nothing. */
async function keepOld(disk: Disk, path: string, keep: string, inode: number): Promise<void> {
  if ((await disk.lookAt(keep))?.ino === inode) return;
  await disk.link(path, keep).catch((error: unknown) => {
    if (noLinks.has(errorCode(error) ?? '')) return disk.rename(path, keep);
    throw error;
  });
}

function conflict(step: Step, state: StepState): ModelManagerError {
  const name = escapeName(step.to);
  return state === 'lost'
    ? new ModelManagerError(
        `${escapeName(step.from)} is not what it was — something else changed it meanwhile — look at the run and try again`,
        { path: step.from },
      )
    : new ModelManagerError(
        `${name} changed on disk — another program saved it meanwhile, and it is not overwritten — look at the run and try again`,
        { path: step.to },
      );
}
