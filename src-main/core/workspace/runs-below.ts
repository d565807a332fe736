import { join } from 'node:path';
import { isRunByNames } from '../find-what-is-named.ts';
import type { RunReader } from '../run-reader.ts';
import { mayBeRun, partsOf } from './run-parts.ts';
import { isEntered, pathBelow, walkFolders } from './walk-folders.ts';

/** Beyond these nothing is looked for: a list of a run is not held up. */
const limits = { depth: 5, folders: 500 };
const mostVersions = 10_000;

/**
 * The paths, relative to a run that was looked at, of runs in folders below it, none of them in another of them: what is in these is in no list of
 * the run. Told by names alone, so that `cairn runs` may find more. None for a run of very many versions.
 */
export async function runsBelow(run: RunReader): Promise<string[]> {
  if (run.isOneFolder || run.totals().count > mostVersions) return [];
  const found: string[] = [];
  const own = partsOf(run);
  await walkFolders(
    run.root,
    async ({ path, entries }) => {
      if (path === '') return own;
      if (!mayBeRun(entries) || !isRunByNames(join(run.root, path))) return [];
      found.push(path);
      return entries.filter(isEntered).map(({ name }) => pathBelow(path, name));
    },
    { limits },
  ).catch(() => []);
  return found.sort();
}
