import { type Disk, realDisk } from '../files/disk.ts';
import { isOnRecord } from './commit-operation.ts';
import type { Operation, Step } from './operation.ts';
import { readIntents } from './recover-run.ts';
import { type StepState, stateOfStep } from './take-step.ts';

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
    if (isOnRecord(operation) && !isUndone(await statesOf(disk, root, operation.steps)))
      operations.push(operation);
  return operations.toReversed();
}

function statesOf(disk: Disk, root: string, steps: readonly Step[]): Promise<StepState[]> {
  return Promise.all(steps.map((step) => stateOfStep(disk, root, step)));
}

function isUndone(states: readonly StepState[]): boolean {
  return states.some((state) => state === 'lost' || state === 'blocked');
}

async function foresee(
  disk: Disk,
  root: string,
  { steps }: Operation,
  names: Map<string, string | null>,
): Promise<void> {
  const states = await statesOf(disk, root, steps);
  const undone = isUndone(states);
  for (const [index, step] of steps.entries()) {
    const state = states[index] ?? 'lost';
    if (undone) await takeBack(disk, root, step, state, names);
    else take(step, state, names);
  }
}

function take(step: Step, state: StepState, names: Map<string, string | null>): void {
  names.set(step.to, state === 'pending' ? step.from : step.to);
  names.set(step.from, null);
}

async function takeBack(
  disk: Disk,
  root: string,
  step: Step,
  state: StepState,
  names: Map<string, string | null>,
): Promise<void> {
  const { from, to, keep, over } = step;
  if (state === 'done' && !(await disk.lookAt(`${root}/${from}`))) names.set(from, to);
  const isKept = keep !== null && (await disk.lookAt(`${root}/${keep}`))?.ino === over;
  const isGivenUp = state === 'done' || state === 'linked';
  const isFree = isGivenUp || (await disk.lookAt(`${root}/${to}`)) === null;
  if (isKept && isFree) names.set(to, keep);
  else if (isGivenUp) names.set(to, null);
}
