import { escapeName } from '../catalog/escape-name.ts';
import { ModelValidationError } from '../errors.ts';
import type { Disk } from '../files/disk.ts';
import { type FileStatus, sameIdentity } from '../files/file-identity.ts';

/**
 * Copies the files of a version, which trainers write to without asking: of all of them one generation, or none.
 * @param paths absolute
 * @throws ModelValidationError when one was written to, or replaced, meanwhile; what the copying throws
 */
export async function whileUntouched<T>(
  disk: Disk,
  id: string,
  paths: readonly string[],
  copy: () => Promise<T>,
): Promise<T> {
  const before = await looksAt(disk, paths);
  const copied = await copy();
  const after = await looksAt(disk, paths);
  if (before.every((look, index) => isSame(look, after[index] ?? null))) return copied;
  throw new ModelValidationError(
    `${escapeName(id)} changed while it was read — it is still being written — try again once it is whole`,
    { path: id },
  );
}

async function looksAt(disk: Disk, paths: readonly string[]): Promise<(FileStatus | null)[]> {
  const looks: (FileStatus | null)[] = [];
  for (const path of paths) looks.push(await disk.lookAt(path));
  return looks;
}

function isSame(before: FileStatus | null, after: FileStatus | null): boolean {
  return before !== null && after !== null && sameIdentity(before, after);
}
