import { ModelManagerError } from '../errors.ts';
import type { Disk } from '../files/disk.ts';
import { explainError } from '../files/error-code.ts';
import { syncFolder } from './run-folders.ts';

/**
 * Makes durable what took its place in these folders already, as the words say. Where that fails it is done all the same: nobody may try
 * it again for the cause.
 * @throws ModelManagerError "uncertain"
 */
export async function confirmDone(
  disk: Disk,
  folders: readonly string[],
  done: string,
  fix = 'fix that',
): Promise<void> {
  for (const path of folders)
    await syncFolder(disk, path).catch((cause: unknown) => {
      throw new ModelManagerError(
        `it is uncertain whether this lasts — ${done}, but the disk does not confirm it: ${explainError(cause)} — ${fix}`,
        { path, cause },
      );
    });
}
