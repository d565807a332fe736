import { posix } from 'node:path';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import { classifyName, nameWithoutEnding } from '../catalog/classify-name.ts';
import { escapeName } from '../catalog/escape-name.ts';
import { companionsOf, isSharedName } from '../catalog/layouts/known-layouts.ts';
import { isSharedWith } from '../catalog/layouts/shared-files.ts';
import { isLentTo } from '../catalog/lent-files.ts';
import { runFolders } from '../catalog/list-names.ts';
import { ModelManagerError } from '../errors.ts';
import { type BackedUpVersion, chosenVersions, type ListedBackup } from './backup-source.ts';

/**
 * These versions of a backup with the checksums of their files; null for all of them.
 * @throws ModelNotFoundError; ModelManagerError where what is with one is none of its files; the signal's reason
 */
export async function versionsToRestore(
  { manifest, store }: ListedBackup,
  ids: readonly string[] | null,
  config: StorageConfig,
  signal?: AbortSignal,
): Promise<BackedUpVersion[]> {
  const versions = chosenVersions(manifest, ids);
  assertOwnFiles(versions, config);
  return store.withChecksums(versions, signal);
}

/**
 * Whoever may write to a folder of backups says what a restore writes: that is files of versions alone, told by their names, for the run
 * may be another one, and in no hidden folder but those in which the run keeps versions.
 */
function assertOwnFiles(versions: readonly BackedUpVersion[], config: StorageConfig): void {
  const plain = runFolders(config).map(({ path }) => path);
  for (const version of versions) {
    const foreign = foreignPaths(version, config).next().value ?? hiddenPath(version, plain);
    if (foreign === undefined) continue;
    throw new ModelManagerError(
      `nothing is restored — the backup has ${escapeName(foreign)} with ${escapeName(version.id)}, which is no file of that version: it may be made to change something else — restore other versions, or from another backup`,
      { path: foreign },
    );
  }
}

function* foreignPaths(version: BackedUpVersion, config: StorageConfig): Generator<string, undefined> {
  const { id, files, folders = [] } = version;
  const [top] = folders;
  for (const { path } of folders) if (!isBelow(id, top?.path) || !isBelow(`${path}/`, top?.path)) yield path;
  const isOwn = (path: string) =>
    isBelow(path, top?.path) || isBeside(id, path, config) || isLentHere(id, path, config);
  for (const { path } of files) if (!isOwn(path)) yield path;
}

/** Whether a file is one that another model lent it, where models are. */
function isLentHere(id: string, path: string, config: StorageConfig): boolean {
  return isLentTo(id, path) && runFolders(config).some((folder) => folder.path === folderOf(path));
}

function isBelow(path: string, folder: string | undefined): boolean {
  return folder !== undefined && path.startsWith(`${folder}/`);
}

/** Whether a file is one of a model that is a file, or shared by all models of its run. */
function isBeside(id: string, path: string, config: StorageConfig): boolean {
  if (path === id || companionsOf(id).includes(path)) return true;
  if (isSharedWith(id, path)) return path.split('/').length <= 2 && isSharedName(posix.basename(path));
  if (posix.dirname(path) !== posix.dirname(id)) return false;
  const [model, name] = [posix.basename(id), posix.basename(path)];
  if (name.startsWith(`${model}.`) || name === model + config.backup_suffix) return true;
  const { backup_suffix, checkpoint_name } = config;
  const stemOf = (each: string) => classifyName(each, { backup_suffix, checkpoint_name }).stem;
  return name === `${nameWithoutEnding(model)}.json` || stemOf(name) === stemOf(model);
}

const folderOf = (path: string) => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** The first path that is hidden, or in a hidden folder; what is in a folder that is a version may begin with a dot. */
function hiddenPath({ files, folders = [] }: BackedUpVersion, plain: readonly string[]): string | undefined {
  const shown = ({ path }: { path: string }) => (folders.length > 0 ? posix.dirname(path) : path);
  return (
    files.find((file) => isHidden(shown(file), plain)) ?? folders.find(({ path }) => isHidden(path, plain))
  )?.path;
}

function isHidden(path: string, plain: readonly string[]): boolean {
  const known = plain.filter((folder) => folder !== '' && `${path}/`.startsWith(`${folder}/`));
  const length = Math.max(0, ...known.map((folder) => folder.length));
  return path
    .slice(length)
    .split('/')
    .some((part) => part.startsWith('.') && part !== '.');
}
