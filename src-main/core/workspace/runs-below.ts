import type { Dirent } from 'node:fs';
import { opendir } from 'node:fs/promises';
import { join } from 'node:path';
import { isRunByNames } from '../find-what-is-named.ts';
import type { RunReader } from '../run-reader.ts';
import { mayBeRun, partsOf } from './run-parts.ts';
import { isEntered, pathBelow } from './walk-folders.ts';

/** Beyond these nothing is looked for, and of a folder no more names are read: a list of a run is not held up, on a slow disk either. */
const most = { depth: 4, folders: 200, names: 2000, versions: 10_000 };

/**
 * The paths, relative to a run that was looked at, of runs in folders below it, none of them in another of them: what is in these is in no list of
 * the run. Told by names alone and near to the run, so that `cairn runs` may find more. None for a run of very many versions. No link is followed.
 */
export async function runsBelow(run: RunReader): Promise<string[]> {
  if (run.isOneFolder || run.totals().count > most.versions) return [];
  const found: string[] = [];
  const own = new Set(partsOf(run));
  const queue = [''];
  // What is added meanwhile is gone through too, those nearer to the run first.
  for (const path of queue) {
    const entries = await entriesOf(join(run.root, path));
    if (path !== '' && isRun(join(run.root, path), entries)) found.push(path);
    else queue.push(...foldersAmong(path, entries, own).slice(0, Math.max(0, most.folders - queue.length)));
  }
  return found.sort();
}

function isRun(folder: string, entries: readonly Dirent[]): boolean {
  try {
    return mayBeRun(entries) && isRunByNames(folder);
  } catch {
    // What cannot be read is told by whoever searches for runs.
    return false;
  }
}

/** None in one that is as deep as is looked. */
function foldersAmong(path: string, entries: readonly Dirent[], own: ReadonlySet<string>): string[] {
  if (path !== '' && path.split('/').length >= most.depth) return [];
  const paths = entries.filter(isEntered).map(({ name }) => pathBelow(path, name));
  return paths.sort().filter((each) => !own.has(each));
}

/** As many as are read; none where it cannot be listed. */
async function entriesOf(folder: string): Promise<Dirent[]> {
  const entries: Dirent[] = [];
  try {
    for await (const entry of await opendir(folder, { bufferSize: 256 }))
      if (entries.push(entry) > most.names) break;
  } catch {
    // What was listed so far counts.
  }
  return entries;
}
