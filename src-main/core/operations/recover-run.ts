import { ModelManagerError } from '../errors.ts';
import type { Disk } from '../files/disk.ts';
import { errorCode } from '../files/error-code.ts';
import { isAbandonedStage, readChunks } from '../files/stage-file.ts';
import { finish, rollBack, syncSteps } from './commit-operation.ts';
import { intentFolder, type Operation, operationSchema } from './operation.ts';
import { stateOfStep, takeStep } from './take-step.ts';

export interface Recovery {
  finished: string[];
  undone: string[];
  /** Staged files of ended processes that were removed, relative to the run. */
  removed: string[];
}

/**
 * Finishes what was interrupted where every file of it is there, undoes it where not, and removes what ended processes
 * left half written in these folders. Holds for itself: killed at any point and run again it comes to the same end. The
 * caller holds the run's lock.
 */
export async function recoverRun(disk: Disk, root: string, folders: readonly string[]): Promise<Recovery> {
  const recovery: Recovery = { finished: [], undone: [], removed: [] };
  for (const operation of await readIntents(disk, root)) {
    const states = await Promise.all(operation.steps.map((step) => stateOfStep(disk, root, step)));
    if (states.some((state) => state === 'lost' || state === 'blocked')) {
      await rollBack(disk, root, operation);
      recovery.undone.push(operation.id);
    } else {
      for (const step of operation.steps) await takeStep(disk, root, step);
      await syncSteps(disk, root, operation);
      await finish(disk, root, operation);
      recovery.finished.push(operation.id);
    }
  }
  for (const folder of [intentFolder, ...folders])
    recovery.removed.push(...(await sweep(disk, root, folder)));
  return recovery;
}

/** The intents that are there, oldest first. @throws ModelManagerError for one that no version of Cairn wrote */
export async function readIntents(disk: Disk, root: string): Promise<Operation[]> {
  const names = (await list(disk, `${root}/${intentFolder}`)).filter((name) => name.endsWith('.json'));
  const operations = await Promise.all(
    names.map((name) => readOperation(disk, `${root}/${intentFolder}/${name}`)),
  );
  return operations.sort((a, b) => a.number - b.number);
}

/** @throws ModelManagerError when it is not the record of an operation */
export async function readOperation(disk: Disk, path: string): Promise<Operation> {
  const chunks: Buffer[] = [];
  for await (const chunk of readChunks(disk, path)) chunks.push(Buffer.from(chunk));
  try {
    return operationSchema.parse(JSON.parse(Buffer.concat(chunks).toString('utf8')));
  } catch (cause) {
    throw new ModelManagerError(
      `${path} is not the record of an operation — it was damaged, or another version of Cairn wrote it — move it away`,
      { path, cause },
    );
  }
}

async function sweep(disk: Disk, root: string, folder: string): Promise<string[]> {
  const names = (await list(disk, `${root}/${folder}`)).filter(isAbandonedStage);
  for (const name of names) await disk.unlink(`${root}/${folder}/${name}`);
  return names.map((name) => (folder === '' ? name : `${folder}/${name}`));
}

async function list(disk: Disk, path: string): Promise<string[]> {
  try {
    return await disk.readdir(path);
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return [];
    throw error;
  }
}
