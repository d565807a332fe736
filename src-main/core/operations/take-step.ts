import { escapeName } from '../catalog/escape-name.ts';
import { ModelManagerError } from '../errors.ts';
import type { Disk } from '../files/disk.ts';
import { errorCode } from '../files/error-code.ts';
import type { Step } from './operation.ts';
import { syncFoldersOf } from './run-folders.ts';

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
  const isHere = isMoved(from, step);
  if (isMoved(to, step)) return isHere ? 'linked' : 'done';
  if (!isHere) return 'lost';
  if ((to?.ino ?? null) === step.over) return 'pending';
  return !to && (await oldIsKept(disk, root, step)) ? 'pending' : 'blocked';
}

/**
 * Takes these steps, each from wherever an earlier attempt left it. No file loses a name before another one of it is
 * durable: folders reach the medium in any order.
 * @throws ModelManagerError when one cannot be taken any more
 */
export async function takeSteps(disk: Disk, root: string, steps: readonly Step[]): Promise<void> {
  for (const step of steps) await addName(disk, root, step);
  const added = steps.map(({ to, keep }) => keep ?? to);
  await syncFoldersOf(disk, root, added);
  for (const step of steps) await dropName(disk, root, step);
}

/** Takes steps back that were taken, or half taken, with the same care. */
export async function untakeSteps(disk: Disk, root: string, steps: readonly Step[]): Promise<void> {
  const back = steps.toReversed();
  for (const step of back) await addOldName(disk, root, step);
  const added = back.map(({ from }) => from);
  await syncFoldersOf(disk, root, added);
  for (const step of back) await dropNewName(disk, root, step);
}

async function addName(disk: Disk, root: string, step: Step): Promise<void> {
  const state = await stateOfStep(disk, root, step);
  if (state === 'done' || state === 'linked') return;
  if (state !== 'pending') throw conflict(step, state);
  if (step.keep === null) return addLink(disk, root, step, step.from, step.to);
  if (!(await oldIsKept(disk, root, step))) await addLink(disk, root, step, step.to, step.keep);
}

async function dropName(disk: Disk, root: string, step: Step): Promise<void> {
  const state = await stateOfStep(disk, root, step);
  const [from, to] = [`${root}/${step.from}`, `${root}/${step.to}`];
  if (state === 'done') return;
  if (state === 'linked') return disk.unlink(from);
  if (state !== 'pending') throw conflict(step, state);
  if (step.keep === null) return renameToFree(disk, from, to);
  if (!(await oldIsKept(disk, root, step))) {
    await renameToFree(disk, to, `${root}/${step.keep}`);
    await syncFoldersOf(disk, root, [step.keep]);
  }
  await disk.rename(from, to);
}

/** Where something else has the old name by now, the file stays where it is. */
async function addOldName(disk: Disk, root: string, step: Step): Promise<void> {
  if ((await stateOfStep(disk, root, step)) !== 'done') return;
  if (await disk.lookAt(`${root}/${step.from}`)) return;
  await addLink(disk, root, step, step.to, step.from);
}

async function dropNewName(disk: Disk, root: string, step: Step): Promise<void> {
  const [from, to] = [`${root}/${step.from}`, `${root}/${step.to}`];
  const state = await stateOfStep(disk, root, step);
  if (state === 'linked' && step.keep === null) return disk.unlink(to);
  if (state === 'done' && !(await disk.lookAt(from))) {
    await disk.rename(to, from);
    await syncFoldersOf(disk, root, [step.from]);
  }
  if (step.keep !== null) await bringOldBack(disk, root, step, step.keep);
}

async function bringOldBack(disk: Disk, root: string, step: Step, keep: string): Promise<void> {
  if (!(await oldIsKept(disk, root, step))) return;
  const to = await disk.lookAt(`${root}/${step.to}`);
  if (to?.ino === step.over) return disk.unlink(`${root}/${keep}`);
  if (!to || isMoved(to, step)) await disk.rename(`${root}/${keep}`, `${root}/${step.to}`);
}

type Look = Awaited<ReturnType<Disk['lookAt']>>;

function isMoved(look: Look, { inode, size }: Step): boolean {
  return look?.ino === inode && look.size === size;
}

async function oldIsKept(disk: Disk, root: string, { over, keep }: Step): Promise<boolean> {
  return keep !== null && (await disk.lookAt(`${root}/${keep}`))?.ino === over;
}

/** Never over a file that came to have the name meanwhile: a link fails there, a rename would replace it. */
async function addLink(disk: Disk, root: string, step: Step, path: string, name: string): Promise<void> {
  await disk.link(`${root}/${path}`, `${root}/${name}`).catch((error: unknown) => {
    const code = errorCode(error) ?? '';
    if (code === 'EEXIST') throw conflict(step, 'blocked');
    if (!noLinks.has(code)) throw error;
  });
}

/** For file systems without links. */
async function renameToFree(disk: Disk, from: string, to: string): Promise<void> {
  if (await disk.lookAt(to)) throw Object.assign(new Error(`EEXIST: ${to}`), { code: 'EEXIST', path: to });
  await disk.rename(from, to);
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
