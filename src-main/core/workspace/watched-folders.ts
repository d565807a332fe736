/** Where a run is below a folder, with `/`, '.' for that itself; and the folders in which it keeps versions, relative to it. */
export interface RunPlace {
  path: string;
  versionsIn: readonly string[];
}

/**
 * The folders in which something happens when a run comes, goes or is saved to: those of the runs, those in which they keep versions, and
 * all on the way. Some may not be there.
 * @returns relative to the same folder, '' for that itself; what is in another one after that
 */
export function watchedFolders(runs: Iterable<RunPlace>): string[] {
  const folders = new Set(['']);
  for (const { path, versionsIn } of runs) {
    const run = path === '.' ? '' : path;
    addWithAbove(folders, run);
    for (const folder of versionsIn) addWithAbove(folders, joined(run, folder));
  }
  return [...folders];
}

/** A thousand runs have tens of thousands of such folders, and a window waits for them: nothing is divided or joined that is known. */
function addWithAbove(folders: Set<string>, path: string): void {
  if (folders.has(path)) return;
  addWithAbove(folders, path.slice(0, Math.max(0, path.lastIndexOf('/'))));
  folders.add(path);
}

function joined(run: string, folder: string): string {
  if (run === '' || folder === '') return run + folder;
  return `${run}/${folder}`;
}
