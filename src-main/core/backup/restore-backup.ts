import { posix } from 'node:path';
import { escapeName } from '../catalog/escape-name.ts';
import { isSharedWith } from '../catalog/layouts/shared-files.ts';
import { isLentTo } from '../catalog/lent-files.ts';
import { ModelManagerError } from '../errors.ts';
import type { Disk } from '../files/disk.ts';
import { fewAtATime } from '../files/few-at-a-time.ts';
import { hashOf } from '../files/hash-of.ts';
import { type Reading, stageCopy } from '../files/stage-file.ts';
import { nameInLine } from '../integrity/checksum-list.ts';
import { linesFor } from '../integrity/listed-lines.ts';
import type { Losing } from '../marks/marks-aside.ts';
import { type ListChange, linesAt } from '../operations/change-list.ts';
import { type ChangedRun, commitAndTell } from '../operations/commit-and-tell.ts';
import { moveStep, placeStep } from '../operations/make-step.ts';
import {
  bytesKept,
  type FolderMode,
  keptPath,
  namesOf,
  type Operation,
  type Step,
} from '../operations/operation.ts';
import { makeFolder, withFoldersAbove } from '../operations/run-folders.ts';
import { assertUntouched } from '../operations/untouched.ts';
import { complete, type OperationDraft } from '../operations/write-run.ts';
import type { BackupFile } from './backup-manifest.ts';
import type { BackedUpVersion, BackupSource } from './backup-source.ts';
import type { Going } from './files-that-go.ts';
import { changeOf, differing, type FileChange, type RestoreChange } from './restore-changes.ts';
import { assertRoomForCopies, type CopiedFile } from './room-for-copies.ts';

/** What restoring these versions would change; `compared` is what was read to tell that, of each version. */
export interface RestorePlan {
  versions: readonly BackedUpVersion[];
  changes: RestoreChange[];
  compared: FileChange[][];
}

/** By their models, which come first. */
export function restoredBytes(versions: RestorePlan['versions']): Losing[] {
  return versions.map(({ id, files: [model] }) => ({ id, checksum: model?.checksum ?? null }));
}

/** A verified copy of a file of a backup, staged beside its place; `path` is absolute. */
export interface StagedCopy {
  file: BackupFile;
  path: string;
}

/**
 * What restoring these versions would change; reads the files that stand in their place.
 * @throws ModelManagerError when bytes that are needed for it are not in the store; the signal's reason
 */
export async function planRestore(
  disk: Disk,
  root: string,
  store: BackupSource,
  chosen: readonly BackedUpVersion[],
  signal?: AbortSignal,
): Promise<RestorePlan> {
  const versions = eachFileOnce(chosen);
  const compared = await fewAtATime(versions, (version) => compare(disk, root, version, signal));
  for (const { file } of differing(compared)) if (!(await store.holds(file))) throw damaged(store, file);
  const changes = versions.map((version, index) => changeOf(version, compared[index] ?? []));
  return { versions, changes, compared };
}

/** A file that several versions share is brought back once, with the first of them. */
function eachFileOnce(versions: readonly BackedUpVersion[]): BackedUpVersion[] {
  const seen = new Set<string>();
  return versions.map((version) => ({
    ...version,
    files: version.files.filter(({ path }) => seen.size < seen.add(path).size),
  }));
}

/**
 * Copies what a restore brings back to beside its places. It needs no lock: nothing takes these files for versions.
 * @param reading follows the bytes that are copied, and can end it
 * @param staged gets each copy, as it is there; to be removed when the restore comes to nothing
 * @param folderOf the folder of the run in which the copy of a file waits: never one that is a version
 * @throws ModelManagerError when there is no room, or the bytes of the backup are no longer what they were; the signal's reason
 */
export async function stageRestore(
  disk: Disk,
  root: string,
  store: BackupSource,
  plan: RestorePlan,
  reading: Reading,
  staged: StagedCopy[],
  folderOf: (path: string) => string = posix.dirname,
): Promise<void> {
  await assertRoomForCopies({ disk, folder: root, use: 'restore' }, copiesFor(store, plan));
  for (const { file } of differing(plan.compared))
    await stageOne(disk, root, store, { file, folder: folderOf(file.path) }, reading, staged);
}

/**
 * Gives staged copies their names, all or none, under the run's lock; what they replace goes to the trash, and so do sidecars
 * that tell of the bytes that go.
 * @param going what goes with them, as it is now
 * @returns the operation to undo, null when everything was the same already
 * @throws ModelManagerError when anything is not as the plan found it: nothing is changed then; the signal's reason
 */
export async function commitRestore(
  run: ChangedRun,
  plan: RestorePlan,
  staged: readonly StagedCopy[],
  draft: OperationDraft,
  going: readonly Going[] = [],
  signal?: AbortSignal,
): Promise<string | null> {
  const { disk, root } = run;
  const { versions, changes, compared } = plan;
  const steps: Step[] = [];
  for (const { file, path } of staged)
    steps.push(await placeStep(disk, root, path.slice(root.length + 1), file.path, draft.id));
  for (const path of going.flatMap(({ files }) => files))
    steps.push(await moveStep(disk, root, path, keptPath(draft.id, path)));
  for (const { file, look } of compared.flat().filter(({ stays }) => !stays))
    assertUntouched(look, await disk.lookAt(`${root}/${file.path}`), file.path);
  if (steps.length === 0) return null;
  const restored = changes.flatMap(({ id, action }) => (action === 'same' ? [] : [id]));
  const ids = [...restored, ...going.flatMap((each) => each.versions)];
  const operation = complete(draft, steps, ids, bytesKept(steps), {
    ...(await missingFolders(disk, root, staged, versions)),
    ...(await listChange(disk, root, steps, staged)),
  });
  signal?.throwIfAborted();
  await commitAndTell(run, operation);
  return draft.id;
}

/** Where the list of checksums has one of what is replaced, or had one of what comes when that was backed up, it gets that of what comes. */
async function listChange(
  disk: Disk,
  root: string,
  steps: readonly Step[],
  staged: readonly StagedCopy[],
): Promise<ListChange> {
  const unlisted = await linesAt(disk, root, namesOf(steps));
  const names = new Set(unlisted.map(({ line }) => nameInLine(line)));
  const listed = staged.flatMap(({ file: { path, checksum, listed: wasListed } }) =>
    names.has(path) || wasListed ? linesFor([{ id: path, checksum }]) : [],
  );
  return { unlisted, listed };
}

/** What a restore copies. */
export function copiesFor(store: BackupSource, { compared }: RestorePlan): CopiedFile[] {
  return differing(compared).map(({ file }) => ({ path: store.pathOf(file), size: file.size }));
}

/** Removes the copies of a restore that came to nothing, as far as they are there. */
export async function removeStaged(disk: Disk, staged: readonly StagedCopy[]): Promise<void> {
  for (const { path } of staged) await disk.unlink(path).catch(() => undefined);
}

/** The folders that are to be made for these copies: the uppermost ones, and those of versions as they were backed up. */
async function missingFolders(
  disk: Disk,
  root: string,
  staged: readonly StagedCopy[],
  versions: readonly BackedUpVersion[],
): Promise<Required<Pick<Operation, 'folders' | 'made'>>> {
  const restored = new Set(staged.map(({ file }) => file));
  const partly = versions.filter(({ files }) => files.some((file) => restored.has(file)));
  const made: FolderMode[] = [];
  for (const folder of partly.flatMap(({ folders = [] }) => folders))
    if (!(await disk.lookAt(`${root}/${folder.path}`))) made.push(folder);
  const folders = new Set<string>();
  for (const path of [
    ...staged.map(({ file }) => posix.dirname(file.path)),
    ...made.map(({ path }) => path),
  ]) {
    const uppermost = await firstMissing(disk, root, path);
    if (uppermost !== null) folders.add(uppermost);
  }
  return { folders: [...folders], made };
}

async function firstMissing(disk: Disk, root: string, path: string): Promise<string | null> {
  for (const folder of withFoldersAbove(path)) if (!(await disk.lookAt(`${root}/${folder}`))) return folder;
  return null;
}

async function compare(
  disk: Disk,
  root: string,
  { id, files }: BackedUpVersion,
  signal: AbortSignal | undefined,
): Promise<FileChange[]> {
  const changes: FileChange[] = [];
  for (const file of files) {
    const path = `${root}/${file.path}`;
    const look = await disk.lookAt(path);
    changes.push({
      file,
      look,
      current: look?.type === 'file' ? await hashOf(disk, path, { signal }) : null,
      stays: look !== null && (isSharedWith(id, file.path) || isLentTo(id, file.path)),
    });
  }
  return changes;
}

/** A model is no program, whatever the disk that it was on says of its files. */
const noProgram = 0o666;

async function stageOne(
  disk: Disk,
  root: string,
  store: BackupSource,
  { file, folder }: { file: BackupFile; folder: string },
  reading: Reading,
  staged: StagedCopy[],
): Promise<void> {
  await makeFolder(disk, root, folder);
  const from = store.pathOf(file);
  const copying = stageCopy(disk, from, posix.join(root, folder), 'restored', reading, {
    mtime: file.mtime_ms,
    allowed: noProgram,
  });
  const { path, checksum } = await copying.catch(async (error: unknown) => {
    // Whoever deletes backups need not wait for those who read them.
    throw (await store.holds(file)) ? error : damaged(store, file);
  });
  staged.push({ file, path });
  if (checksum !== file.checksum) throw damaged(store, file);
}

function damaged(store: BackupSource, file: BackupFile): ModelManagerError {
  return new ModelManagerError(
    `cannot restore ${escapeName(file.path)} — the backup’s bytes no longer match their checksum — verify the backup, and use another`,
    { path: store.pathOf(file) },
  );
}
