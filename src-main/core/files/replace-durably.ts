import type { Disk } from './disk.ts';
import { modeOfNew } from './file-mode.ts';
import { stageFile } from './stage-file.ts';

/**
 * Puts these bytes in the place of a file: at any moment it is wholly the old one or wholly the new one.
 * @param mode its permission bits where there is no file yet; else it has those of the one that is replaced
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
}
