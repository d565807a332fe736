import { defaultStorageConfig } from '../../../shared/model/storage-config.ts';
import { runFolders } from '../catalog/list-names.ts';
import { foldersAbove } from '../watch/watch-run.ts';

const inRun = runFolders(defaultStorageConfig).flatMap(({ path }) => (path === '' ? [] : path));

/**
 * The folders in which something happens when a run comes, goes or is saved to: those of the runs, those in which frameworks keep versions, and
 * all on the way. Some may not be there.
 * @param runs paths of runs below a folder, with `/`; '.' for that itself
 * @returns relative to the same folder, '' for that itself
 */
export function watchedFolders(runs: Iterable<string>): string[] {
  const folders = new Set(['']);
  for (const run of runs) for (const folder of foldersOf(run === '.' ? '' : run)) folders.add(folder);
  return [...folders];
}

function foldersOf(run: string): string[] {
  return [...foldersAbove(run), run, ...inRun.map((inner) => (run === '' ? inner : `${run}/${inner}`))];
}
