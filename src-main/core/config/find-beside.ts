import { dirname, join } from 'node:path';
import { isFile, tryLookAt } from '../files/file-identity.ts';

/** The first of these names that is a file beside a checkpoint, else beside the folder that it is in; null for none. A link is none: it may lead to anywhere. */
export function findBeside(file: string, ...names: readonly string[]): string | null {
  const folder = dirname(file);
  const places = [folder, dirname(folder)].flatMap((each) => names.map((name) => join(each, name)));
  return places.find((path) => isFile(tryLookAt(path))) ?? null;
}
