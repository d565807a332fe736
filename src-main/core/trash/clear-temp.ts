import { posix } from 'node:path';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import { classifyName } from '../catalog/classify-name.ts';
import { recogniseFolder } from '../catalog/layouts/known-layouts.ts';
import { findObstacle, runFolders } from '../catalog/list-names.ts';
import { namesIn } from '../files/names-in.ts';
import type { Writing } from '../operations/write-run.ts';
import { moveToTrash } from './move-to-trash.ts';

/** Whoever wrote a file of the temp folder longer ago than this, in milliseconds, is not coming back for it. */
const abandonedAfter = 24 * 3600 * 1000;

/**
 * What `cleanup_on_start` asks for: files that were left in the run's temp folder a day ago or more go to the trash, but for models and what
 * belongs to one. A folder that versions are kept in too is left alone.
 */
export async function clearTemp(writing: Writing): Promise<void> {
  const { disk, root, config } = writing;
  const folder = tempFolder(root, config);
  if (folder === null) return;
  const names = await namesIn(disk, `${root}/${folder}`);
  if (recogniseFolder(posix.basename(folder), new Set(names))) return;
  const old: string[] = [];
  for (const name of names.filter((each) => isLeft(each, config))) {
    const look = await disk.lookAt(`${root}/${folder}/${name}`);
    if (look?.type === 'file' && Date.now() - look.mtimeMs > abandonedAfter) old.push(`${folder}/${name}`);
  }
  if (old.length === 0) return;
  const draft = writing.newOperation('trash', 'cleanup_on_start', true);
  await moveToTrash(
    writing,
    draft,
    old.map((path) => ({ id: path, files: [path] })),
  );
}

/** The folder that is for nothing else and no link leads to; null where there is none. */
function tempFolder(root: string, config: StorageConfig): string | null {
  const folder = runFolders(config).find(({ purpose }) => purpose === 'temp');
  return folder && !findObstacle(root, folder) ? folder.path : null;
}

function isLeft(name: string, config: StorageConfig): boolean {
  const { role } = classifyName(name, config);
  return role === 'leftover' || role === 'other';
}
