import { posix } from 'node:path';
import { escapeName } from '../catalog/escape-name.ts';
import type { VersionFiles } from '../catalog/files-of-versions.ts';
import { stableBaselines3 } from '../catalog/layouts/stable-baselines3/layout.ts';
import { ModelManagerError } from '../errors.ts';
import type { Disk } from '../files/disk.ts';
import { fewAtATime } from '../files/few-at-a-time.ts';
import { type FileStatus, sameIdentity } from '../files/file-identity.ts';
import { hashOf } from '../files/hash-of.ts';
import { type Reading, stageCopy } from '../files/stage-file.ts';
import { commitOperation } from '../operations/commit-operation.ts';
import { moveStep, placeStep } from '../operations/make-step.ts';
import { bytesKept, keptPath, type Step } from '../operations/operation.ts';
import { makeFolder } from '../operations/run-folders.ts';
import { assertUntouched } from '../operations/untouched.ts';
import { complete, type OperationDraft } from '../operations/write-run.ts';
import type { BackupFile, BackupManifest } from './backup-manifest.ts';
import type { BackupStore } from './backup-store.ts';

/** What restoring does to a version; `from` and `to` are the checksums of its model now and then. */
export interface RestoreChange {
  id: string;
  action: 'create' | 'replace' | 'same';
  from: string | null;
  to: string;
}

export type BackedUpVersion = BackupManifest['versions'][number];

/** A file of a backup, what stands in its place, and the checksum of that. */
interface FileChange {
  file: BackupFile;
  look: FileStatus | null;
  current: string | null;
}

/** What restoring would change; `compared` is what was read to tell that, of each version. */
export interface RestorePlan {
  changes: RestoreChange[];
  compared: FileChange[][];
}

/**
 * What restoring these versions would change; reads the files that stand in their place.
 * @throws ModelManagerError when bytes that are needed for it are not in the store; the signal's reason
 */
export async function planRestore(
  disk: Disk,
  root: string,
  store: BackupStore,
  versions: readonly BackedUpVersion[],
  signal?: AbortSignal,
): Promise<RestorePlan> {
  const compared = await fewAtATime(versions, (version) => compare(disk, root, version, { signal }));
  for (const { file } of differing(compared)) if (!(await store.holds(file))) throw damaged(store, file);
  const changes = versions.map((version, index) => changeOf(version, compared[index] ?? []));
  return { changes, compared };
}

/**
 * Puts the files of these versions back, all or none; what they replace goes to the trash, and so do sidecars that tell of the
 * bytes that go.
 * @param present what belongs to these versions now
 * @param plan of these versions: what it read, and nobody touched since, is not read again
 * @param reading follows the bytes that are copied, and can end it, as it compares or copies, before anything is changed
 * @returns the operation to undo, null when everything was the same already
 * @throws ModelManagerError when the bytes of the backup are no longer what they were, or somebody saved in their place meanwhile:
 * nothing is changed then
 */
export async function restoreVersions(
  disk: Disk,
  root: string,
  store: BackupStore,
  versions: readonly BackedUpVersion[],
  draft: OperationDraft,
  present: readonly VersionFiles[] = [],
  plan: RestorePlan | null = null,
  reading: Reading = {},
): Promise<string | null> {
  const known = new Map(plan?.compared.flat().map((change) => [change.file.path, change]));
  const { signal } = reading;
  const compared = await fewAtATime(versions, (version) => compare(disk, root, version, { known, signal }));
  const different = differing(compared);
  if (different.length === 0) return null;
  const staged: string[] = [];
  try {
    const steps: Step[] = [];
    for (const { file } of different)
      steps.push(await stageOne(disk, root, store, file, draft, { staged, reading }));
    for (const path of foreignSidecars(versions, compared, present))
      steps.push(await moveStep(disk, root, path, keptPath(draft.id, path)));
    for (const { file, look } of different)
      assertUntouched(look, await disk.lookAt(`${root}/${file.path}`), file.path);
    signal?.throwIfAborted();
    await commitOperation(
      disk,
      root,
      complete(
        draft,
        steps,
        versions.map(({ id }) => id),
        bytesKept(steps),
      ),
    );
    return draft.id;
  } catch (error) {
    for (const path of staged) await disk.unlink(path).catch(() => undefined);
    throw error;
  }
}

/** Sidecars and companions that models which are replaced have now, and did not have when they were backed up. */
function foreignSidecars(
  versions: readonly BackedUpVersion[],
  compared: readonly FileChange[][],
  present: readonly VersionFiles[],
): string[] {
  const replaced = versions.filter((_, index) => isModelReplaced(compared[index]));
  const restored = new Set(versions.flatMap(({ files }) => files.map(({ path }) => path)));
  const now = present.filter(({ id }) => replaced.some((version) => version.id === id));
  return now.flatMap(({ files }) => files).filter((path) => describesModel(path) && !restored.has(path));
}

/** Whether a file says, or is, something of its model alone. */
function describesModel(path: string): boolean {
  return path.endsWith('.json') || stableBaselines3.companionOf(posix.basename(path)) !== null;
}

function isModelReplaced([model]: readonly FileChange[] = []): boolean {
  return model !== undefined && model.current !== null && model.current !== model.file.checksum;
}

function differing(compared: readonly FileChange[][]): FileChange[] {
  return compared.flat().filter(({ file, current }) => file.checksum !== current);
}

async function compare(
  disk: Disk,
  root: string,
  { files }: BackedUpVersion,
  { known, signal }: { known?: ReadonlyMap<string, FileChange>; signal: AbortSignal | undefined },
): Promise<FileChange[]> {
  const changes: FileChange[] = [];
  for (const file of files) {
    const look = await disk.lookAt(`${root}/${file.path}`);
    const before = known?.get(file.path);
    if (before?.look && look && sameIdentity(before.look, look)) changes.push(before);
    else
      changes.push({ file, look, current: await checksumAt(disk, `${root}/${file.path}`, look, { signal }) });
  }
  return changes;
}

async function checksumAt(
  disk: Disk,
  path: string,
  look: FileStatus | null,
  reading: Reading,
): Promise<string | null> {
  return look?.type === 'file' ? hashOf(disk, path, reading) : null;
}

function changeOf({ id }: BackedUpVersion, changes: readonly FileChange[]): RestoreChange {
  const [model] = changes;
  const same = changes.every(({ file, current }) => file.checksum === current);
  const action = same ? 'same' : model?.current == null ? 'create' : 'replace';
  return { id, action, from: model?.current ?? null, to: model?.file.checksum ?? '' };
}

async function stageOne(
  disk: Disk,
  root: string,
  store: BackupStore,
  file: BackupFile,
  draft: OperationDraft,
  { staged, reading }: { staged: string[]; reading: Reading },
): Promise<Step> {
  const { path, checksum } = file;
  if (!(await store.holds(file))) throw damaged(store, file);
  const folder = posix.dirname(path);
  await makeFolder(disk, root, folder);
  const copy = await stageCopy(
    disk,
    store.objectPath(checksum),
    posix.join(root, folder),
    'restored',
    reading,
  );
  staged.push(copy.path);
  if (copy.checksum !== checksum) throw damaged(store, file);
  return placeStep(disk, root, copy.path.slice(root.length + 1), path, draft.id);
}

function damaged(store: BackupStore, { path, checksum }: BackupFile): ModelManagerError {
  return new ModelManagerError(
    `cannot restore ${escapeName(path)} — the backup’s bytes no longer match their checksum — verify the backup, and use another`,
    { path: store.objectPath(checksum) },
  );
}
