import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { tryLookAt } from '../files/file-identity.ts';
import { isEntered, mayBeEntered, pathBelow } from './walk-folders.ts';

/** Names are looked at no more than so many times as often as there may be folders. */
const looksPerFolder = 20;

/**
 * Those of these names that are folders, and the folders in them, as a search would enter them, those nearer to the names first.
 * @param names relative to the root, with `/`
 * @param most how many folders at most
 * @returns relative to the root; `isWhole`: there are no more
 */
export function foldersBelow(
  root: string,
  names: Iterable<string>,
  most: number,
): { folders: string[]; isWhole: boolean } {
  const entered = [...names].filter((name) => name.split('/').every(mayBeEntered));
  const looked = entered.slice(0, most * looksPerFolder);
  const folders = new Set(looked.filter((path) => isFolder(join(root, path))));
  // What is added meanwhile is gone through too.
  for (const path of folders) {
    if (folders.size > most) break;
    for (const inner of foldersIn(root, path)) folders.add(inner);
  }
  const isWhole = looked.length === entered.length && folders.size <= most;
  return { folders: [...folders].slice(0, most), isWhole };
}

function isFolder(path: string): boolean {
  const look = tryLookAt(path);
  return look !== null && 'type' in look && look.type === 'folder';
}

/** None where it cannot be listed: the search says so. */
function foldersIn(root: string, path: string): string[] {
  try {
    const entries = readdirSync(join(root, path), { withFileTypes: true });
    return entries.filter(isEntered).map(({ name }) => pathBelow(path, name));
  } catch {
    return [];
  }
}
