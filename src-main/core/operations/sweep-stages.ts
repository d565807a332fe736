import type { Disk } from '../files/disk.ts';
import { namesIn } from '../files/names-in.ts';
import { isAbandonedStage } from '../files/stage-file.ts';

/** Removes from a folder what ended processes of this machine left half written. @returns the names */
export async function sweepStages(disk: Disk, folder: string): Promise<string[]> {
  const names = (await namesIn(disk, folder)).filter(isAbandonedStage);
  for (const name of names) await disk.unlink(`${folder}/${name}`);
  return names;
}
