import type { Disk } from './disk.ts';
import { stageFile } from './stage-file.ts';

/** Puts these bytes in the place of a file: at any moment it is wholly the old one or wholly the new one. */
export async function replaceDurably(
  disk: Disk,
  folder: string,
  name: string,
  bytes: Uint8Array,
): Promise<void> {
  const staged = await stageFile(disk, folder, name, [bytes]);
  try {
    await disk.rename(staged.path, `${folder}/${name}`);
  } catch (error) {
    await disk.unlink(staged.path).catch(() => undefined);
    throw error;
  }
}
