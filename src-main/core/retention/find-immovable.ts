import { join } from 'node:path';
import { escapeName } from '../catalog/escape-name.ts';
import type { VersionFiles } from '../catalog/files-of-versions.ts';
import { lookAt } from '../files/file-identity.ts';
import { tellNoFile } from '../operations/make-step.ts';

/**
 * The versions of which something cannot be moved, by id, and why in words: only files are, and a version goes whole or not at
 * all. A file that is gone by now is none of these: the run is looked at again before anything moves.
 */
export function findImmovable(root: string, versions: readonly VersionFiles[]): Map<string, string> {
  const immovable = new Map<string, string>();
  for (const { id, files } of versions)
    for (const path of files) {
      const look = lookAt(join(root, path));
      if (!look || look.type === 'file') continue;
      const { is, mend } = tellNoFile(look);
      immovable.set(id, `${escapeName(path)} is ${is}, and cannot be moved: ${mend}`);
    }
  return immovable;
}
