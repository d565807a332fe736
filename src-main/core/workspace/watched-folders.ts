import { foldersAbove } from '../watch/watch-run.ts';

/** Where a run is below a folder, with `/`, '.' for that itself; and the folders in which it keeps versions, relative to it. */
export interface RunPlace {
  path: string;
  versionsIn: readonly string[];
}

/**
 * The folders in which something happens when a run comes, goes or is saved to: those of the runs, those in which they keep versions, and
 * all on the way. Some may not be there.
 * @returns relative to the same folder, '' for that itself
 */
export function watchedFolders(runs: Iterable<RunPlace>): string[] {
  const folders = new Set(['']);
  for (const run of runs) for (const folder of foldersOf(run)) folders.add(folder);
  return [...folders];
}

function foldersOf({ path, versionsIn }: RunPlace): string[] {
  const run = path === '.' ? '' : path;
  const inner = versionsIn.map((folder) => [run, folder].filter((part) => part !== '').join('/'));
  return [run, ...inner].flatMap((folder) => [...foldersAbove(folder), folder]);
}
