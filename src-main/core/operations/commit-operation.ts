import { dirname } from 'node:path/posix';
import { ModelManagerError } from '../errors.ts';
import type { Disk } from '../files/disk.ts';
import { errorCode, explainError } from '../files/error-code.ts';
import { stageFile } from '../files/stage-file.ts';
import { changeList } from './change-list.ts';
import {
  bytesKept,
  intentFolder,
  isKept,
  type Operation,
  pathOfKept,
  recordText,
  type Step,
  trashFolder,
} from './operation.ts';
import {
  assertNoLinks,
  giveMode,
  makeFolder,
  removeEmptyFolders,
  syncFolder,
  syncFoldersOf,
} from './run-folders.ts';
import { assertKeptUntouched, takeSteps, untakeSteps } from './take-step.ts';

/**
 * Whether the file system confirmed that the change outlives a power cut, and whether it is ended: `unended` is why the list of checksums is
 * not as it should be, or the record is still that of an operation on its way, which recovery fixes where that can be; null where it is ended.
 */
export interface Committed {
  durable: boolean;
  unended: unknown;
}

/**
 * Does an operation wholly or not at all. Its files are staged and on the medium; first the intent gets there too, then the
 * names change, then their folders are synced, and only then is it done. A crash in between is finished, or undone, by
 * {@link recoverRun}.
 * @throws what went wrong, with everything as it was; ModelManagerError "uncertain" when that could not be achieved
 */
export async function commitOperation(disk: Disk, root: string, operation: Operation): Promise<Committed> {
  await announce(disk, root, operation);
  try {
    if (operation.folders) await makeFolders(disk, root, operation);
    await takeSteps(disk, root, operation.steps);
    await assertKeptUntouched(disk, root, operation.steps);
  } catch (error) {
    await rollBack(disk, root, operation).catch(() => {
      throw uncertain(error);
    });
    throw error;
  }
  const durable = await syncSteps(disk, root, operation).catch((error: unknown) => {
    throw uncertain(error);
  });
  // It is done and durable: what is left is tidying, which the next operation does where this one cannot.
  const unended = await finish(disk, root, operation).catch((error: unknown) => error);
  return { durable, unended };
}

/** Whether the list of checksums, which others write to too, may stay as it is, as this keeps it from being changed. */
export type MayLeaveList = (error: unknown) => boolean;

/** Not the list of a run: something else has its name, or others keep replacing it. */
const isNoList: MayLeaveList = (error) => error instanceof ModelManagerError;

/**
 * Brings an operation whose steps are taken to its end: its intent goes, or becomes the record of what is in the trash.
 * @returns why the list of checksums was left; null where it was not
 */
export async function finish(
  disk: Disk,
  root: string,
  operation: Operation,
  mayLeaveList = isNoList,
): Promise<unknown> {
  const { made = [] } = operation;
  await removeEmptied(
    disk,
    root,
    operation,
    made.map(({ path }) => path),
  );
  // Inner ones first; in the trash their owner must be able to take them away again.
  for (const { path, mode } of made.toReversed())
    if (!isKept(path)) await giveMode(disk, `${root}/${path}`, mode);
  const left = await changeList(disk, root, operation).then(
    () => null,
    (error: unknown) => {
      if (mayLeaveList(error)) return error;
      throw error;
    },
  );
  if (isOnRecord(operation)) await keepRecord(disk, root, operation);
  else await disk.unlink(intentPath(root, operation.id));
  await syncFolder(disk, `${root}/${intentFolder}`);
  return left;
}

/** @throws ModelManagerError for an operation that recovery has yet to end: it needs what is in the trash of it */
export async function assertEnded(disk: Disk, root: string, id: string): Promise<void> {
  const path = intentPath(root, id);
  if (await disk.lookAt(path))
    throw new ModelManagerError(
      'its operation is not ended — the next command that writes to the run ends it',
      { path },
    );
}

/**
 * Takes every step back, last first, and forgets the intent, but for what the trash had to keep: its record has the steps of that alone, and no
 * limit has it go, for it may be the only copy.
 */
export async function rollBack(disk: Disk, root: string, operation: Operation): Promise<void> {
  await untakeSteps(disk, root, operation.steps);
  await syncSteps(disk, root, operation);
  await removeEmptied(disk, root, operation, foldersTaken(operation));
  const nothingKept = await removeEmptyFolders(disk, keptFolder(root, operation));
  if (nothingKept) await disk.unlink(intentPath(root, operation.id));
  else await keepRecordOfRest(disk, root, operation);
  await syncFolder(disk, `${root}/${intentFolder}`);
}

/** Where that cannot be written, as on a full disk, its whole record stays. */
async function keepRecordOfRest(disk: Disk, root: string, operation: Operation): Promise<void> {
  const rest = await whatIsKept(disk, root, operation);
  const text = [Buffer.from(recordText(rest))];
  const staged = await stageFile(disk, `${root}/${intentFolder}`, 'intent', text).catch(() => null);
  if (staged === null) return keepRecord(disk, root, operation);
  await disk.rename(staged.path, `${keptFolder(root, operation)}/manifest.json`);
  await syncFolder(disk, keptFolder(root, operation));
  await disk.unlink(intentPath(root, operation.id));
}

/** What of an operation that was taken back is in the trash all the same. */
async function whatIsKept(disk: Disk, root: string, operation: Operation): Promise<Operation> {
  const { listed: _listed, unlisted: _unlisted, ...rest } = operation;
  const steps: Step[] = [];
  for (const step of operation.steps) {
    const kept = isKept(step.to) ? step.to : step.keep;
    if (kept !== null && (await disk.lookAt(`${root}/${kept}`))) steps.push(step);
  }
  return { ...rest, automatic: false, steps, bytes: bytesKept(steps) };
}

export function syncSteps(disk: Disk, root: string, { steps }: Operation): Promise<boolean> {
  return syncFoldersOf(disk, root, pathsOf(steps));
}

/**
 * Makes the folders that the steps lead to.
 * @param isWanted of a folder, relative to the run
 * @throws ModelManagerError where a link is in the way of a step
 */
export async function makeFolders(
  disk: Disk,
  root: string,
  operation: Operation,
  isWanted: (folder: string) => boolean = () => true,
): Promise<void> {
  const { steps, id, made = [] } = operation;
  const modes = new Map(made.map(({ path, mode }) => [path, mode]));
  await assertNoLinks(disk, root, [...pathsOf(steps), ...modes.keys()]);
  const synced = new Set<string>();
  await makeFolder(disk, root, intentFolder, synced);
  const paths = steps.flatMap(({ to, keep }) => (keep === null ? [to] : [to, keep]));
  const record = isOnRecord(operation) ? [`${trashFolder}/${id}`] : [];
  for (const folder of new Set([...record, ...modes.keys(), ...paths.map((path) => dirname(path))]))
    if (isWanted(folder)) await makeFolder(disk, root, folder, synced, modes);
}

/** Whether the trash has a record of it: it keeps a file there, or brought some back, which can be taken back. */
export function isOnRecord({ kind, steps }: Operation): boolean {
  return kind === 'restore' || steps.some(keepsSomething);
}

/** What keeps a folder where it is, and is no reason to do the operation over. */
const staying: ReadonlySet<string> = new Set([
  ...['ENOTEMPTY', 'EEXIST', 'ENOENT', 'ENOTDIR'],
  ...['EACCES', 'EPERM', 'EBUSY', 'EROFS'],
]);

/** The folders of the run that it takes to the trash: taken back, they stay, though nothing was in them. */
function foldersTaken({ id, made = [] }: Operation): string[] {
  return made.flatMap(({ path }) => pathOfKept(id, path) ?? []);
}

/** Before the record of the operation ends: where a crash leaves them, recovery does it again. */
async function removeEmptied(
  disk: Disk,
  root: string,
  { folders = [] }: Operation,
  kept: readonly string[],
): Promise<void> {
  await assertNoLinks(disk, root, folders);
  const stay = new Set(kept.map((path) => `${root}/${path}`));
  for (const folder of folders)
    try {
      await removeEmptyFolders(disk, `${root}/${folder}`, stay);
      await syncFolder(disk, dirname(`${root}/${folder}`));
    } catch (error) {
      if (!staying.has(errorCode(error) ?? '')) throw error;
    }
}

function pathsOf(steps: readonly Step[]): string[] {
  return steps.flatMap(({ from, to, keep }) => (keep === null ? [from, to] : [from, to, keep]));
}

function intentPath(root: string, id: string): string {
  return `${root}/${intentFolder}/${id}.json`;
}

function keptFolder(root: string, { id }: Operation): string {
  return `${root}/${trashFolder}/${id}`;
}

function keepsSomething({ to, keep }: Step): boolean {
  return isKept(to) || keep !== null;
}

async function keepRecord(disk: Disk, root: string, operation: Operation): Promise<void> {
  const folder = keptFolder(root, operation);
  await disk.rename(intentPath(root, operation.id), `${folder}/manifest.json`);
  await syncFolder(disk, folder);
}

/** Puts on record what is about to be done. @throws with nothing left behind */
async function announce(disk: Disk, root: string, operation: Operation): Promise<void> {
  try {
    // Those that go where nothing comes to be in them are made once it is on record that they may have to.
    await makeFolders(disk, root, operation, (folder) => !isIn(operation, folder));
    await writeIntent(disk, root, operation);
  } catch (error) {
    await removeEmptyFolders(disk, keptFolder(root, operation)).catch(() => undefined);
    throw error;
  }
}

function isIn({ folders = [] }: Operation, folder: string): boolean {
  return folders.some((each) => folder === each || folder.startsWith(`${each}/`));
}

async function writeIntent(disk: Disk, root: string, operation: Operation): Promise<void> {
  const folder = `${root}/${intentFolder}`;
  const staged = await stageFile(disk, folder, 'intent', [Buffer.from(recordText(operation))]);
  try {
    await disk.rename(staged.path, intentPath(root, operation.id));
    await syncFolder(disk, folder);
  } catch (error) {
    await disk.unlink(staged.path).catch(() => undefined);
    await withdraw(disk, folder, intentPath(root, operation.id)).catch(() => {
      throw uncertain(error);
    });
    throw error;
  }
}

/** An intent that came back after a power cut would be carried out. */
async function withdraw(disk: Disk, folder: string, intent: string): Promise<void> {
  try {
    await disk.unlink(intent);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return;
    throw error;
  }
  await syncFolder(disk, folder);
}

function uncertain(error: unknown): ModelManagerError {
  return new ModelManagerError(
    `it is uncertain whether this was done — ${explainError(error)} — fix that, then any command that writes to the run finishes it`,
    { cause: error },
  );
}
