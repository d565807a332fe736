import { posix } from 'node:path';
import { errorCode } from '../files/error-code.ts';
import type { Writing } from '../operations/write-run.ts';
import { moveToTrash } from './move-to-trash.ts';

/** Whoever wrote a file of the temp folder longer ago than this, in milliseconds, is not coming back for it. */
const abandonedAfter = 24 * 3600 * 1000;

/** What `cleanup_on_start` asks for: files that were left in the run's temp folder a day ago or more go to the trash. */
export async function clearTemp(writing: Writing): Promise<void> {
  const { disk, root, config } = writing;
  const folder = posix.normalize(config.temp_dir);
  const names = await disk.readdir(`${root}/${folder}`).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return [];
    throw error;
  });
  const old: string[] = [];
  for (const name of names) {
    const look = await disk.lookAt(`${root}/${folder}/${name}`);
    if (look?.type === 'file' && Date.now() - look.mtimeMs > abandonedAfter) old.push(`${folder}/${name}`);
  }
  if (old.length === 0) return;
  const draft = writing.newOperation('trash', 'cleanup_on_start', true);
  await moveToTrash(
    disk,
    root,
    draft,
    old.map((path) => ({ id: path, files: [path] })),
  );
}
