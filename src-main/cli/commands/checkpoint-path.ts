import { statSync } from 'node:fs';
import { join } from 'node:path';

/** The file to look into: of a folder that is a version the one that stands for it, else what was named. */
export async function checkpointPath(path: string): Promise<string> {
  if (!isFolder(path)) return path;
  const { findWhatIsNamed } = await import('../../core/find-what-is-named.ts');
  const named = findWhatIsNamed(path);
  if (named.kind === 'file') return named.path;
  return named.id === null ? path : join(named.root, named.id);
}

/** What cannot be looked at is none: whoever opens it says why. */
function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
