import { join, relative } from 'node:path';
import type { Problem } from '../../../shared/model/run.ts';
import { ModelManagerError } from '../errors.ts';
import { type Disk, realDisk } from '../files/disk.ts';
import { bookkeepingFolder } from '../files/run-bookkeeping.ts';
import { filesBelow } from '../trash/files-below.ts';
import { isOnRecord } from './commit-operation.ts';
import { findObstacle, hasOld, type JudgedStep, judgeSteps, mayLoseNewName } from './judge-step.ts';
import { intentFolder, type Operation, ownFolder } from './operation.ts';
import { readIntents } from './recover-run.ts';

/** Where the file is now that a name of the run will stand for; null for a name that will stand for none. Paths of the run. */
export type Foreseen = ReadonlyMap<string, string | null>;

/**
 * What recovering the run would make of its names, without doing it: a command that only reads shows a run with an interrupted
 * operation as the next one that writes will leave it. Names that stay as they are, are not in it.
 */
export async function foreseeRecovery(root: string, disk: Disk = realDisk): Promise<Foreseen> {
  const names = new Map<string, string | null>();
  for (const operation of await readIntents(disk, root)) await foresee(disk, root, operation, names);
  return names;
}

/** The interrupted operations that recovering would finish, and leave in the trash: newest first. */
export async function foreseeTrash(root: string, disk: Disk = realDisk): Promise<Operation[]> {
  const operations: Operation[] = [];
  for (const operation of await readIntents(disk, root))
    if (isOnRecord(operation) && !findObstacle(await judgeSteps(disk, root, operation.steps)))
      operations.push(operation);
  return operations.toReversed();
}

/** Why it cannot be foreseen, where a record that is no operation's, or a link, is in the way. @throws any other error as it is */
export function unforeseeable(root: string, error: unknown): Problem {
  if (!(error instanceof ModelManagerError)) throw error;
  return { path: relative(root, error.path ?? join(root, intentFolder)), problem: error.message };
}

/**
 * What is half done in a run that must not be written to, and so stays half done; nothing where it may be. Records that may not be read, in a run of
 * somebody else, are none of ours.
 */
export async function findUnsettled(root: string, disk: Disk = realDisk): Promise<Problem[]> {
  if (bookkeepingFolder(root) === join(root, ownFolder)) return [];
  const operations = await readIntents(disk, root).catch(() => []);
  return operations.map(({ id, kind }) => ({
    path: `${intentFolder}/${id}.json`,
    problem: `a ${kind} is half done here, under way or interrupted — the run is read-only or belongs to someone else, so it is left as it is — whoever may write to the run settles it with any command that writes`,
  }));
}

async function foresee(
  disk: Disk,
  root: string,
  { steps }: Operation,
  names: Map<string, string | null>,
): Promise<void> {
  const judged = await judgeSteps(disk, root, steps);
  const end = findObstacle(judged) ? takeBack : take;
  for (const each of judged) for (const one of await filesOf(disk, root, each)) end(one, names);
}

/** Those of a folder that moves as one, as if each moved by itself. */
async function filesOf(disk: Disk, root: string, judged: JudgedStep): Promise<JudgedStep[]> {
  const { step, looks } = judged;
  if (!step.whole) return [judged];
  const files = await filesBelow(disk, `${root}/${looks.from ? step.from : step.to}`);
  return files.map(({ path }) => ({
    ...judged,
    step: { ...step, from: `${step.from}/${path}`, to: `${step.to}/${path}` },
  }));
}

function take({ step, state }: JudgedStep, names: Map<string, string | null>): void {
  names.set(step.to, state === 'pending' ? step.from : step.to);
  names.set(step.from, null);
}

function takeBack(judged: JudgedStep, names: Map<string, string | null>): void {
  const { from, to, keep } = judged.step;
  const isGivenUp = mayLoseNewName(judged);
  if (isGivenUp && !judged.looks.from) names.set(from, to);
  if (keep !== null && hasOld(judged) && (isGivenUp || !judged.looks.to)) names.set(to, keep);
  else if (isGivenUp) names.set(to, null);
}
