import { readText } from '../files/read-text.ts';
import { missingOfList } from '../integrity/manifest.ts';
import { folderNamingOf } from './layouts/known-layouts.ts';
import type { FolderVersion } from './layouts/layout.ts';
import { foldersHolding } from './version-folders.ts';

/** What is read of a file that names what else is in its folder, in bytes; of a larger one nothing. */
const mostNamed = 4 * 1024 * 1024;

interface Folder {
  /** Of the run, relative to it. */
  path: string;
  version: FolderVersion;
  /** Of all files in it, relative to it. */
  names: readonly string[];
}

/**
 * A sentence for each thing that a folder that is a version should hold and does not: by the names in it, by what its own files name, of which one is
 * read, and by what the run lists.
 * @param pathOf of a file of the run, absolute
 */
export function missingOfFolder(
  folder: Folder,
  checksums: ReadonlyMap<string, string>,
  pathOf: (id: string) => string,
): string[] {
  const { path, version, names } = folder;
  const missing = [
    ...version.missing,
    ...missingOfManifest(folder, pathOf),
    ...missingOfList(path, names, checksums),
  ];
  return [...new Set(missing)];
}

function missingOfManifest({ path, version, names }: Folder, pathOf: (id: string) => string): string[] {
  const manifest = folderNamingOf(version)?.manifest;
  const inside = new Set(names);
  const file = manifest?.find(version.main, inside) ?? null;
  if (!manifest || file === null) return [];
  for (const folder of foldersHolding(names)) inside.add(`${folder}/`);
  try {
    return manifest.missing(readText(pathOf(`${path}/${file}`), mostNamed), file, inside);
  } catch {
    // Who reads every byte tells what is wrong with it.
    return [];
  }
}
