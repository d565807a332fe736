import { dirname, join } from 'node:path';
import { tryLookAt } from '../files/file-identity.ts';

/** How many folders up from the one that a file is in the run's own may be. */
const levels = 3;

/** The folder in which Hydra keeps its record of the run that a file belongs to: beside the file, or nearest above it. */
export function findHydra(file: string): string | null {
  const folders = [dirname(file)];
  for (let level = 0; level < levels; level += 1) folders.push(dirname(folders[level] ?? file));
  return folders.map((folder) => join(folder, '.hydra')).find(isOwnFolder) ?? null;
}

/** A link may lead to anywhere. */
function isOwnFolder(path: string): boolean {
  const look = tryLookAt(path);
  return look !== null && 'type' in look && look.type === 'folder';
}
