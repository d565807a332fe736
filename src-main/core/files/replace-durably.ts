import { confirmDone } from '../operations/confirm-done.ts';
import type { Disk } from './disk.ts';
import { modeOfNew } from './file-mode.ts';
import { stageFile } from './stage-file.ts';

/**
 * Puts these bytes in the place of a file: at any moment it is wholly the old one or wholly the new one; when this ends, the new one
 * is on the medium.
 * @param mode its permission bits where there is no file yet; else it has those of the one that is replaced
 * @throws with the old one in place; ModelManagerError "uncertain" where the new one is, and may not last
 */
export async function replaceDurably(
  disk: Disk,
  folder: string,
  name: string,
  bytes: Uint8Array,
  mode = modeOfNew(null, null),
): Promise<void> {
  const old = await disk.lookAt(`${folder}/${name}`);
  const staged = await stageFile(disk, folder, name, [bytes], old?.mode ?? mode);
  try {
    await disk.rename(staged.path, `${folder}/${name}`);
  } catch (error) {
    await disk.unlink(staged.path).catch(() => undefined);
    throw error;
  }
  // It has its name by now, whatever comes of this.
  await confirmDone(disk, [folder], `${name} is written`, 'fix that, and do it again');
}
