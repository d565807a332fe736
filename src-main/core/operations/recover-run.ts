import { equivalentCommand } from '../../../shared/command/equivalent-command.ts';
import { escapeName } from '../catalog/escape-name.ts';
import { ModelManagerError } from '../errors.ts';
import type { Disk } from '../files/disk.ts';
import { errorCode } from '../files/error-code.ts';
import { namesIn } from '../files/names-in.ts';
import { readRecord } from '../files/read-record.ts';
import { changeList } from './change-list.ts';
import { finish, type MayLeaveList, makeFolders, rollBack, syncSteps } from './commit-operation.ts';
import { dateStep } from './date-step.ts';
import { sweepTrash } from './discard-kept.ts';
import { findObstacle, type JudgedStep, judgeSteps, tellObstacle } from './judge-step.ts';
import { mostOfRecord } from './most-of-record.ts';
import { intentFolder, type Operation, ownFolder, parseOperation } from './operation.ts';
import type { Litter } from './remove-litter.ts';
import { assertNoLinks, syncFoldersOf } from './run-folders.ts';
import { sweepStages } from './sweep-stages.ts';
import { takeSteps } from './take-step.ts';

/**
 * An operation that was interrupted, and what became of it: `obstacle` is null where it was finished, else why it was taken back, in
 * one line that a person must know: a file that another program had written to was in the way.
 */
export interface Ended {
  operation: Operation;
  obstacle: string | null;
}

/** What came of the operations that were interrupted, and what of use to nobody could not be removed. */
export interface Recovery {
  ended: Ended[];
  litter: Litter[];
}

const lasting: ReadonlySet<string> = new Set(['EACCES', 'EPERM', 'EROFS', 'EIO']);

/** Whether the list of checksums will be as hard to change another time. */
export const isLasting: MayLeaveList = (error) =>
  error instanceof ModelManagerError || lasting.has(errorCode(error) ?? '');

/**
 * Finishes what was interrupted where every file of it is there, undoes it where not, and removes what ended processes
 * left half written in these folders, as far as that can be. Holds for itself: killed at any point and run again it comes to the same end. The
 * caller holds the run's lock.
 * @param onEnded is told of each; of what is finished before its intent goes, so that a crash leaves none untold
 * @param mayLeaveList by default where that will not get better by itself: it must hold up nobody
 */
export async function recoverRun(
  disk: Disk,
  root: string,
  folders: readonly string[],
  onEnded: (ended: Ended) => Promise<void> = async () => undefined,
  mayLeaveList = isLasting,
): Promise<Recovery> {
  const recovery: Recovery = { ended: [], litter: [] };
  const intents = await readIntents(disk, root);
  // One that a killed process left, or took away, may be so in memory alone: nothing may happen that this does not outlive.
  await syncFoldersOf(disk, root, [`${intentFolder}/any`]);
  for (const operation of intents)
    recovery.ended.push(await end(disk, root, operation, onEnded, mayLeaveList));
  recovery.litter.push(...(await sweepTrash(disk, root)));
  for (const folder of new Set([ownFolder, intentFolder, ...folders]))
    recovery.litter.push(...(await sweep(disk, root, folder)));
  return recovery;
}

async function end(
  disk: Disk,
  root: string,
  recorded: Operation,
  onEnded: (ended: Ended) => Promise<void>,
  mayLeaveList: MayLeaveList,
): Promise<Ended> {
  await makeFolders(disk, root, recorded);
  const judged = await judgeSteps(disk, root, recorded.steps);
  const operation = { ...recorded, steps: judged.map(({ step }) => step) };
  const found = findObstacle(judged);
  const ended = { operation, obstacle: found ? tellUndone(operation, found) : null };
  if (found) {
    await changeListBack(disk, root, operation, mayLeaveList);
    await rollBack(disk, root, operation);
    await onEnded(ended);
    return ended;
  }
  await takeSteps(disk, root, operation.steps);
  await syncSteps(disk, root, operation);
  await onEnded(ended);
  await finish(disk, root, operation, mayLeaveList);
  return ended;
}

/** The list may have been changed already: it was the last there was to do. */
async function changeListBack(
  disk: Disk,
  root: string,
  { unlisted, listed }: Operation,
  mayLeaveList: MayLeaveList,
): Promise<void> {
  await changeList(disk, root, { unlisted: listed, listed: unlisted }).catch((error: unknown) => {
    if (!mayLeaveList(error)) throw error;
  });
}

function tellUndone({ kind }: Operation, obstacle: JudgedStep): string {
  const { path, what } = tellObstacle(obstacle);
  return `the ${kind} that was interrupted was taken back — ${escapeName(path)} ${what} meanwhile, and Cairn leaves it as it is — look at the run, and do it again if that is still wanted`;
}

/** The intents that are there, oldest first. @throws ModelManagerError for one that no version of Cairn wrote */
export async function readIntents(disk: Disk, root: string): Promise<Operation[]> {
  await assertNoLinks(disk, root, [`${intentFolder}/any`]);
  const names = (await namesIn(disk, `${root}/${intentFolder}`)).filter((name) => name.endsWith('.json'));
  const operations = await Promise.all(names.map((name) => readIntent(disk, root, name)));
  return operations.flat().sort((a, b) => a.number - b.number || (a.at < b.at ? -1 : 1));
}

/** None where it was ended meanwhile. @throws ModelManagerError for a damaged one */
export async function readIntent(disk: Disk, root: string, name: string): Promise<Operation[]> {
  const path = `${root}/${intentFolder}/${name}`;
  const id = name.slice(0, -'.json'.length);
  const read = await readRecord(
    disk,
    path,
    (text) => parseOperation(text, id),
    (size) => mostOfRecord(disk, root, size),
  );
  if (read === null) return [];
  if ('value' in read) return [await withTimes(disk, root, read.value, path)];
  throw new ModelManagerError(
    `nothing is written to the run — the record of an operation that was interrupted, ${intentFolder}/${escapeName(name)}, is damaged, or another version of Cairn wrote it: files may be half way to their places — put it back as it was, or set it aside: ${equivalentCommand({ command: 'trash', options: [['--set-aside', id]], words: [root] }, 'posix')}`,
    { path, cause: read.damage },
  );
}

/** Older versions recorded no times: a file counts as untouched while its time is not after the record's own. */
async function withTimes(disk: Disk, root: string, operation: Operation, path: string): Promise<Operation> {
  if (operation.steps.every(({ mtime }) => mtime !== undefined)) return operation;
  const written = (await disk.lookAt(path))?.mtimeMs ?? 0;
  const steps = operation.steps.map((step) => dateStep(disk, root, step, written));
  return { ...operation, steps: await Promise.all(steps) };
}

/** Links are not followed: what is behind them is none of the run's. */
async function sweep(disk: Disk, root: string, folder: string): Promise<Litter[]> {
  const path = folder === '' ? root : `${root}/${folder}`;
  if ((await disk.lookAt(path))?.type !== 'folder') return [];
  await assertNoLinks(disk, root, [folder]);
  return sweepStages(disk, path);
}
