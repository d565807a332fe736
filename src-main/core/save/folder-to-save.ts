import { basename, dirname, join } from 'node:path';
import { nameOfSet } from '../catalog/layouts/saved-folders.ts';
import type { Claim, Verification } from '../integrity/verification.ts';
import type { FolderSource } from './save-request.ts';

/**
 * A version of another folder as a folder to save: the one that it is, or, of several files beside each other, one with those and nothing else.
 * Their names stay: files of such a set name each other.
 * @param files what was found in them
 */
export function folderToSave(
  { path, folder }: Pick<Claim, 'path' | 'folder'>,
  files: NonNullable<Verification['files']>,
  isStill: () => boolean,
): FolderSource {
  const at = folder?.path ?? dirname(path);
  const all = files.map(({ name, checksum }) => ({ name, bytes: { path: join(at, name), checksum } }));
  const name = folder?.path == null ? nameOfSet(basename(path)) : basename(folder.path);
  return { folder: name, files: all, isStill };
}
