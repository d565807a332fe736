import { dirname } from 'node:path/posix';
import { ModelManagerError } from '../errors.ts';
import type { Disk } from '../files/disk.ts';
import { explainError } from '../files/error-code.ts';
import { stageFile } from '../files/stage-file.ts';
import { intentFolder, isKept, type Operation, type Step, trashFolder } from './operation.ts';
import { makeFolder, removeEmptyFolders, syncFolder, syncFoldersOf } from './run-folders.ts';
import { takeStep, untakeStep } from './take-step.ts';

/** Whether the file system confirmed that the change outlives a power cut. */
export interface Committed {
  durable: boolean;
}

/**
 * Does an operation wholly or not at all. Its files are staged and on the medium; first the intent gets there too, then the
 * names change, then their folders are synced, and only then is it done. A crash in between is finished, or undone, by
 * {@link recoverRun}.
 * @throws what went wrong, with everything as it was; ModelManagerError "uncertain" when that could not be achieved
 */
export async function commitOperation(disk: Disk, root: string, operation: Operation): Promise<Committed> {
  await makeFolders(disk, root, operation.steps);
  await writeIntent(disk, root, operation);
  try {
    for (const step of operation.steps) await takeStep(disk, root, step);
  } catch (error) {
    await takeBack(disk, root, operation, error);
    throw error;
  }
  const durable = await syncSteps(disk, root, operation).catch((error: unknown) => {
    throw uncertain(error);
  });
  // It is done and durable: what is left is tidying, which the next operation does where this one cannot.
  await finish(disk, root, operation).catch(() => undefined);
  return { durable };
}

/** Brings an operation whose steps are taken to its end: its intent goes, or becomes the record of what is in the trash. */
export async function finish(disk: Disk, root: string, operation: Operation): Promise<void> {
  const intent = intentPath(root, operation.id);
  if (operation.steps.some(keepsSomething)) {
    await disk.rename(intent, `${root}/${trashFolder}/${operation.id}/manifest.json`);
    await syncFolder(disk, `${root}/${trashFolder}/${operation.id}`);
  } else await disk.unlink(intent);
  await syncFolder(disk, `${root}/${intentFolder}`);
}

/** Takes every step back, last first, and forgets the intent. */
export async function rollBack(disk: Disk, root: string, operation: Operation): Promise<void> {
  for (const step of operation.steps.toReversed()) await untakeStep(disk, root, step);
  await syncSteps(disk, root, operation);
  await disk.unlink(intentPath(root, operation.id));
  await syncFolder(disk, `${root}/${intentFolder}`);
  await removeEmptyFolders(disk, `${root}/${trashFolder}/${operation.id}`);
}

export function syncSteps(disk: Disk, root: string, { steps }: Operation): Promise<boolean> {
  const paths = steps.flatMap(({ from, to, keep }) => (keep === null ? [from, to] : [from, to, keep]));
  return syncFoldersOf(disk, root, paths);
}

export function intentPath(root: string, id: string): string {
  return `${root}/${intentFolder}/${id}.json`;
}

function keepsSomething({ to, keep }: Step): boolean {
  return isKept(to) || keep !== null;
}

async function makeFolders(disk: Disk, root: string, steps: readonly Step[]): Promise<void> {
  await makeFolder(disk, root, intentFolder);
  const paths = steps.flatMap(({ to, keep }) => (keep === null ? [to] : [to, keep]));
  for (const folder of new Set(paths.map((path) => dirname(path)))) await makeFolder(disk, root, folder);
}

async function writeIntent(disk: Disk, root: string, operation: Operation): Promise<void> {
  const folder = `${root}/${intentFolder}`;
  const staged = await stageFile(disk, folder, 'intent', [Buffer.from(JSON.stringify(operation))]);
  try {
    await disk.rename(staged.path, intentPath(root, operation.id));
    await syncFolder(disk, folder);
  } catch (error) {
    await forget(disk, [staged.path, intentPath(root, operation.id)]);
    throw error;
  }
}

async function forget(disk: Disk, paths: readonly string[]): Promise<void> {
  for (const path of paths) await disk.unlink(path).catch(() => undefined);
}

async function takeBack(disk: Disk, root: string, operation: Operation, why: unknown): Promise<void> {
  await rollBack(disk, root, operation).catch(() => {
    throw uncertain(why);
  });
}

function uncertain(error: unknown): ModelManagerError {
  return new ModelManagerError(
    `it is uncertain whether this was done — ${explainError(error)} — mend that, then any command that writes to the run finishes it`,
    { cause: error },
  );
}
