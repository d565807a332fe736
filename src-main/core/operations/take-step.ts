import { escapeName } from '../catalog/escape-name.ts';
import { ModelManagerError } from '../errors.ts';
import type { Disk } from '../files/disk.ts';
import { cannotLink, errorCode } from '../files/error-code.ts';
import {
  hasOld,
  type JudgedStep,
  judgeStep,
  mayLoseNewName,
  tellObstacle,
  wasWrittenTo,
} from './judge-step.ts';
import type { Step } from './operation.ts';
import { syncFoldersOf } from './run-folders.ts';

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

/**
 * Whoever has a file open may write to it while it is on its way to the trash, and does not know.
 * @throws ModelManagerError where somebody did
 */
export async function assertKeptUntouched(disk: Disk, root: string, steps: readonly Step[]): Promise<void> {
  for (const step of steps) {
    const judged = await judgeStep(disk, root, step);
    if (wasWrittenTo(judged)) throw conflict({ ...judged, state: 'blocked' });
  }
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
  const judged = await judgeStep(disk, root, step);
  if (judged.state === 'done' || judged.state === 'linked') return;
  if (judged.state !== 'pending') throw conflict(judged);
  if (step.keep === null) return addLink(disk, root, judged, step.from, step.to);
  if (!hasOld(judged)) await addLink(disk, root, judged, step.to, step.keep);
}

async function dropName(disk: Disk, root: string, step: Step): Promise<void> {
  const judged = await judgeStep(disk, root, step);
  const [from, to] = [`${root}/${step.from}`, `${root}/${step.to}`];
  if (judged.state === 'done') return;
  if (judged.state === 'linked') return disk.unlink(from);
  if (judged.state !== 'pending') throw conflict(judged);
  if (step.keep === null) return renameToFree(disk, from, to);
  if (hasOld(judged)) return disk.rename(from, to);
  await renameToFree(disk, to, `${root}/${step.keep}`);
  await syncFoldersOf(disk, root, [step.keep]);
  // That took its time: somebody may have the name again.
  await dropName(disk, root, step);
}

/** Where something else has the old name by now, the file stays where it is. */
async function addOldName(disk: Disk, root: string, step: Step): Promise<void> {
  const judged = await judgeStep(disk, root, step);
  if (mayLoseNewName(judged) && !judged.looks.from) await addLink(disk, root, judged, step.to, step.from);
}

async function dropNewName(disk: Disk, root: string, step: Step): Promise<void> {
  const [from, to] = [`${root}/${step.from}`, `${root}/${step.to}`];
  const judged = await judgeStep(disk, root, step);
  const mayLose = mayLoseNewName(judged);
  if (mayLose && judged.looks.from?.ino === step.inode && step.keep === null) return disk.unlink(to);
  if (mayLose && !judged.looks.from) {
    await disk.rename(to, from);
    await syncFoldersOf(disk, root, [step.from]);
  }
  if (step.keep !== null) await bringOldBack(disk, root, step, step.keep);
}

async function bringOldBack(disk: Disk, root: string, step: Step, keep: string): Promise<void> {
  const judged = await judgeStep(disk, root, step);
  const { to, keep: kept } = judged.looks;
  // Also where another file took the name before the old one had a second: then that one has two.
  if (kept && to?.ino === kept.ino) return disk.unlink(`${root}/${keep}`);
  if (!hasOld(judged)) return;
  if (!to || mayLoseNewName(judged)) await disk.rename(`${root}/${keep}`, `${root}/${step.to}`);
}

/** Never over a file that came to have the name meanwhile: a link fails there, a rename would replace it. Folders have one name. */
async function addLink(
  disk: Disk,
  root: string,
  judged: JudgedStep,
  path: string,
  name: string,
): Promise<void> {
  if (judged.step.whole) return;
  await disk.link(`${root}/${path}`, `${root}/${name}`).catch((error: unknown) => {
    if (errorCode(error) === 'EEXIST') throw conflict({ ...judged, state: 'blocked' });
    if (!cannotLink(error)) throw error;
  });
}

/** For folders, and file systems without links. */
async function renameToFree(disk: Disk, from: string, to: string): Promise<void> {
  if (await disk.lookAt(to)) throw Object.assign(new Error(`EEXIST: ${to}`), { code: 'EEXIST', path: to });
  await disk.rename(from, to);
}

function conflict(judged: JudgedStep): ModelManagerError {
  const { path, what } = tellObstacle(judged);
  return new ModelManagerError(
    `${escapeName(path)} ${what} — another program was at it meanwhile, and Cairn leaves it as it is — look at the run and try again`,
    { path },
  );
}
