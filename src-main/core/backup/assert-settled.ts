import { posix } from 'node:path';
import { escapeName } from '../catalog/escape-name.ts';
import { ModelManagerError } from '../errors.ts';
import type { Disk } from '../files/disk.ts';
import { foreseeRecovery } from '../operations/foresee-recovery.ts';

/**
 * While an operation is interrupted, a model and its sidecar may be of two generations: such a pair must not leave the run.
 * @throws ModelManagerError where recovering the run will move a file of one of these versions
 */
export async function assertSettled(disk: Disk, root: string, ids: readonly string[]): Promise<void> {
  const stems = new Map(ids.map((id) => [stemOf(id), id]));
  for (const [path, now] of await foreseeRecovery(root, disk)) {
    const id = now === path ? undefined : stems.get(stemOf(path));
    if (id !== undefined) throw unsettled(id);
  }
}

/** A model and its sidecar differ in their ending alone. */
function stemOf(path: string): string {
  return path.slice(0, path.length - posix.extname(path).length).replace(/_meta$/, '');
}

function unsettled(id: string): ModelManagerError {
  return new ModelManagerError(
    `cannot export ${escapeName(id)} — an operation on it was interrupted — any command that writes to the run finishes that, such as cairn backup: then export again`,
    { path: id },
  );
}
