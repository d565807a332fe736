import { posix } from 'node:path';
import { escapeName } from '../catalog/escape-name.ts';
import { recogniseFolder } from '../catalog/layouts/known-layouts.ts';
import { ModelManagerError, ModelNotFoundError } from '../errors.ts';
import { areCopies } from '../files/are-copies.ts';
import type { Disk } from '../files/disk.ts';
import { fewAtATime } from '../files/few-at-a-time.ts';
import { nameInLine } from '../integrity/checksum-list.ts';
import type { ListedLine } from '../integrity/listed-lines.ts';
import { linesAt } from '../operations/change-list.ts';
import { type ChangedRun, commitAndTell } from '../operations/commit-and-tell.ts';
import { discardKept } from '../operations/discard-kept.ts';
import { moveFolderStep, moveStep, placeStep } from '../operations/make-step.ts';
import {
  type FolderMode,
  isKept,
  keptFilesFolder,
  keptPath,
  type Operation,
  pathOfKept,
  type Step,
  trashFolder,
} from '../operations/operation.ts';
import { syncFolder, withFoldersAbove } from '../operations/run-folders.ts';
import { isUntouched, type Seen } from '../operations/untouched.ts';
import { complete, type OperationDraft } from '../operations/write-run.ts';
import { filesBelow } from './files-below.ts';
import { listTrash, notInTrash, type TrashedOperation } from './list-trash.ts';
import { damagedOperation } from './read-trash-records.ts';
import { tellEmptying } from './tell-emptying.ts';

/** What came back, by id, and what left: versions that the operation had brought, which are in the trash now. */
export interface Undone {
  operation: string;
  restored: string[];
  removed: string[];
}

/** The same before it is known which files are versions: `left` are paths. */
type Taken = Omit<Undone, 'removed'> & { left: string[] };

/**
 * The operation of that id, or the newest that is not itself an undo.
 * @throws ModelNotFoundError when there is none; ModelManagerError when its record is damaged, or that of one that may be newer
 */
export async function findUndoable(disk: Disk, root: string, id: string | null): Promise<TrashedOperation> {
  const { operations, problems } = await listTrash(disk, root);
  const damaged = problems.map(damagedOperation);
  if (id === null) return findNewest(operations, damaged);
  const found = operations.find((operation) => operation.id === id);
  if (found) return found;
  if (damaged.includes(id)) throw cannotUndo(root, id);
  throw notInTrash(id);
}

function findNewest(operations: readonly TrashedOperation[], damaged: readonly string[]): TrashedOperation {
  const found = operations.find(({ kind }) => kind !== 'undo');
  const newer = damaged.find((id) => timeIn(id) >= timeIn(found?.id ?? ''));
  if (newer !== undefined) throw unsureOfNewest(newer);
  if (found) return found;
  throw new ModelNotFoundError(
    'nothing to undo — the trash holds no operation of this run — see cairn trash',
  );
}

/** The time that the id of an operation begins with, to the second. */
function timeIn(id: string): string {
  return id.slice(0, 'YYYYmmddTHHMMSS'.length);
}

function unsureOfNewest(damaged: string): ModelManagerError {
  return new ModelManagerError(
    `cannot tell what to undo — the record of operation ${escapeName(damaged)} is damaged, and it may be the newest — name the operation to undo, see cairn trash`,
    { path: `${trashFolder}/${damaged}` },
  );
}

function cannotUndo(root: string, id: string): ModelManagerError {
  return new ModelManagerError(
    `cannot undo ${escapeName(id)} — its record is damaged — move its files back by hand from ${escapeName(keptFilesFolder(id))}, or delete them for good: ${tellEmptying(root, id)}`,
    { path: `${trashFolder}/${id}` },
  );
}

/**
 * Brings back, byte for byte, what an operation moved away or replaced; what stands in its place now goes to the trash.
 * What was moved away and is not in the trash any more, as somebody took it from there, or is back byte for byte, is left alone.
 * @param assertMay is given what would be done, before anything is changed
 * @throws ModelManagerError when another file of that name is there, or one that was replaced was emptied from the trash
 */
export async function undo(
  run: ChangedRun,
  target: TrashedOperation,
  draft: OperationDraft,
  assertMay: (steps: readonly Step[]) => Promise<void> = async () => undefined,
): Promise<Taken> {
  const { disk, root } = run;
  await assertNotMadeAgain(disk, root, target);
  const back = await backAlready(disk, root, target.steps);
  const steps: Step[] = [];
  for (const step of target.steps.toReversed())
    if (!back.has(step.from)) steps.push(...(await invert(disk, root, step, draft.id)));
  await assertMay(steps);
  const left = steps.flatMap(({ from, to }) => (isKept(to) ? [from] : []));
  const bytes = steps.reduce((sum, { size, to }) => sum + (isKept(to) ? size : 0), 0);
  const versions = target.versions.filter((id) => withFoldersAbove(id).every((path) => !back.has(path)));
  const { folders } = target;
  const made = await foldersBack(disk, root, target, draft.id);
  const listed = linesBack(target, steps, back);
  const unlisted = await linesAt(disk, root, losing(steps));
  const further = { folders, made, unlisted, listed };
  await commitAndTell(run, complete(draft, steps, versions, bytes, further));
  if (await stillStand(disk, root, back).catch(() => false))
    await discardKept(disk, root, target.id).catch(() => undefined);
  const brought = new Set(target.steps.flatMap(({ to, keep }) => (keep === null ? [to] : [])));
  const restored = versions.filter((id) => !brought.has(id));
  return { operation: target.id, restored, left };
}

/** Files of two checkpoints in one folder would be neither. @throws ModelManagerError */
async function assertNotMadeAgain(
  disk: Disk,
  root: string,
  { folders = [], steps }: Operation,
): Promise<void> {
  for (const folder of folders) {
    if (!steps.some(({ from, to }) => isKept(to) && from.startsWith(`${folder}/`))) continue;
    const files = await filesBelow(disk, `${root}/${folder}`);
    if (!recogniseFolder(posix.basename(folder), new Set(files.map(({ path }) => path)))) continue;
    throw new ModelManagerError(
      `cannot bring back ${escapeName(folder)} — a checkpoint of that name is there again — move that one to the trash first`,
      { path: folder },
    );
  }
}

/** The names that lose the files they have, and with them what is listed of those. */
function losing(steps: readonly Step[]): string[] {
  return steps.flatMap(({ from, to, keep }) => (isKept(to) ? [from] : keep === null ? [] : [to]));
}

/** The lines of the list of checksums that went with what comes back. */
function linesBack(
  { unlisted = [] }: Operation,
  steps: readonly Step[],
  compared: ReadonlyMap<string, Seen | null>,
): ListedLine[] {
  const same = [...compared].flatMap(([path, look]) => (look ? [path] : []));
  const back = new Set([...same, ...steps.map(({ to }) => to)]);
  return unlisted.filter(({ line }) => {
    const name = nameInLine(line);
    return name !== null && withFoldersAbove(name).some((path) => back.has(path));
  });
}

/** The folders that come back, or go to the trash in their turn, as they were or are. */
async function foldersBack(
  disk: Disk,
  root: string,
  { id, made = [] }: Operation,
  undoId: string,
): Promise<FolderMode[]> {
  const back: FolderMode[] = [];
  for (const { path, mode } of made) {
    const look = await disk.lookAt(`${root}/${path}`);
    if (look?.type !== 'folder') continue;
    const own = pathOfKept(id, path);
    if (own === null) back.push({ path: keptPath(undoId, path), mode: look.mode });
    else if (!(await disk.lookAt(`${root}/${own}`))) back.push({ path: own, mode });
  }
  return back;
}

/** The names of what was moved to the trash and is not there any more, or has its name again, as a restore gives it, byte for byte. */
async function backAlready(
  disk: Disk,
  root: string,
  steps: readonly Step[],
): Promise<Map<string, Seen | null>> {
  const moved = steps.filter(({ to }) => isKept(to));
  const back = await fewAtATime(moved, async ({ from, to, whole }): Promise<[string, Seen | null][]> => {
    if (!(await disk.lookAt(`${root}/${to}`))) return [[from, null]];
    const look = await disk.lookAt(`${root}/${from}`);
    return !whole && (await areCopies(disk, `${root}/${to}`, `${root}/${from}`)) ? [[from, look]] : [];
  });
  return new Map(back.flat());
}

/** Whether what was compared stands there as it was then, and is on the medium: only then is the copy in the trash one too many. */
async function stillStand(
  disk: Disk,
  root: string,
  back: ReadonlyMap<string, Seen | null>,
): Promise<boolean> {
  for (const [path, look] of back) {
    if (!look) continue;
    const file = await disk.open(`${root}/${path}`);
    await file.sync().finally(() => file.close());
    await syncFolder(disk, posix.dirname(`${root}/${path}`));
    if (!isUntouched(look, await disk.lookAt(`${root}/${path}`))) return false;
  }
  return true;
}

/** The steps that take one back; none for a file that something else has taken away since, nor for one that has its name again. */
async function invert(disk: Disk, root: string, step: Step, undoId: string): Promise<Step[]> {
  if (isKept(step.to)) return [await putBack(disk, root, step)];
  const there = await disk.lookAt(`${root}/${step.to}`);
  if (step.keep !== null) {
    const isBack = there?.ino === step.over && !(await disk.lookAt(`${root}/${step.keep}`));
    return isBack ? [] : [await placeStep(disk, root, step.keep, step.to, undoId)];
  }
  if (!there) return [];
  return [await moveStep(disk, root, step.to, keptPath(undoId, step.to))];
}

async function putBack(disk: Disk, root: string, { from, to, whole }: Step): Promise<Step> {
  if (await disk.lookAt(`${root}/${from}`)) {
    throw new ModelManagerError(
      `cannot bring back ${escapeName(from)} — a file of that name is there again — move that one to the trash first`,
      { path: from },
    );
  }
  return (whole ? moveFolderStep : moveStep)(disk, root, to, from);
}
