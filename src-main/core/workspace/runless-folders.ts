import { foldersAbove } from '../watch/watch-run.ts';

/**
 * Of the folders that a search went through, those that are no run, hold none and are in none: a training may have made one long before its
 * first checkpoint. What is below the folder of the search itself counts, also where that is a run.
 * @param searched relative to it, '' for itself, those nearer to it first
 * @param runs their paths, as a list of runs has them
 * @param most so many at most, the first
 */
export function runlessFolders(
  searched: Iterable<string>,
  runs: ReadonlySet<string>,
  most: number,
): string[] {
  const holding = new Set([...runs].flatMap(foldersAbove));
  const runless: string[] = [];
  for (const path of searched) {
    if (runless.length === most) break;
    const isOfRun =
      path === '' ||
      runs.has(path) ||
      holding.has(path) ||
      foldersAbove(path).some((above) => runs.has(above));
    if (!isOfRun) runless.push(path);
  }
  return runless;
}
