import { join } from 'node:path';
import { escapeName } from '../catalog/escape-name.ts';
import type { VersionFiles } from '../catalog/files-of-versions.ts';
import { lookAt } from '../files/file-identity.ts';
import { tellNoFile } from '../files/tell-no-file.ts';

/**
 * The versions of which something cannot be moved, by id, and why in words: only files and whole folders are, and a version goes whole or not at
 * all. A file that is gone by now is none of these: the run is looked at again before anything moves.
 */
export function findImmovable(root: string, versions: readonly VersionFiles[]): Map<string, string> {
  const immovable = new Map<string, string>();
  const single = versions.filter(({ folder }) => folder === undefined);
  for (const { id, files } of single)
    for (const path of files) {
      const why = tellImmovable(root, path);
      if (why !== null) immovable.set(id, why);
    }
  return immovable;
}

function tellImmovable(root: string, path: string): string | null {
  const look = lookAt(join(root, path));
  if (!look || look.type === 'file') return null;
  const { is, mend } = tellNoFile(look, path);
  return `${escapeName(path)} is ${is}, and cannot be moved: ${mend}`;
}
