import { readdir } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { escapeName } from '../catalog/escape-name.ts';
import type { VersionFiles } from '../catalog/files-of-versions.ts';
import { errorCode } from '../files/error-code.ts';
import { lookAt } from '../files/file-identity.ts';
import { tellNoFile } from '../files/tell-no-file.ts';

/**
 * The versions of which something cannot be moved, by id, and why in words: only files and whole folders are, and a version goes whole or not at
 * all. A file that is gone by now is none of these: the run is looked at again before anything moves.
 * @throws the signal's reason
 */
export async function findImmovable(
  root: string,
  versions: readonly VersionFiles[],
  signal?: AbortSignal,
): Promise<Map<string, string>> {
  const single = versions.filter(({ folder }) => folder === undefined);
  const odd = await findOdd(root, new Set(single.flatMap(({ files }) => files.map(posix.dirname))), signal);
  const whyOf = (path: string) => (odd.has(path) ? (tellImmovable(root, path) ?? []) : []);
  return new Map(single.flatMap(({ id, files }) => files.flatMap(whyOf).map((why) => [id, why] as const)));
}

/** What these folders of the run hold that their own entries do not call files: quicker than a look at each of a hundred thousand. */
async function findOdd(root: string, folders: Iterable<string>, signal?: AbortSignal): Promise<Set<string>> {
  const odd = new Set<string>();
  for (const folder of folders) {
    signal?.throwIfAborted();
    for (const entry of await readdir(join(root, folder), { withFileTypes: true }).catch(noneIfGone))
      if (!entry.isFile()) odd.add(posix.join(folder, entry.name));
  }
  return odd;
}

function noneIfGone(error: unknown): [] {
  if (errorCode(error) === 'ENOENT') return [];
  throw error;
}

function tellImmovable(root: string, path: string): string | null {
  const look = lookAt(join(root, path));
  if (!look || look.type === 'file') return null;
  const { is, fix } = tellNoFile(look, path);
  return `${escapeName(path)} is ${is}, and cannot be moved: ${fix}`;
}
