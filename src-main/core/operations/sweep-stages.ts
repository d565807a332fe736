import type { Disk } from '../files/disk.ts';
import { namesIn } from '../files/names-in.ts';
import { isAbandonedStage } from '../files/stage-file.ts';
import { type Litter, removeLitter } from './remove-litter.ts';

/** Removes from a folder what ended processes of this machine left half written. @returns what of it stays */
export async function sweepStages(disk: Disk, folder: string): Promise<Litter[]> {
  const names = (await namesIn(disk, folder)).filter(isAbandonedStage);
  const staying: Litter[] = [];
  for (const name of names)
    staying.push(...(await removeLitter(`${folder}/${name}`, (path) => removeStage(disk, path))));
  return staying;
}

/** Removes a staged file, or a staged folder with the files in it. @throws system errors */
export async function removeStage(disk: Disk, path: string): Promise<void> {
  if ((await disk.lookAt(path))?.type !== 'folder') return disk.unlink(path);
  for (const name of await disk.readdir(path)) await disk.unlink(`${path}/${name}`);
  await disk.rmdir(path);
}
