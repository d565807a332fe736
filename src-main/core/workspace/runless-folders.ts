import { foldersAbove } from '../watch/watch-run.ts';

/** So many folders are watched in which a run may come to be, a kernel watch each: those of a system are few, and are for all programs of a user. */
export const mostRunless = 500;

/**
 * Of the folders that a search went through, those that are no run, hold none and are in none: a training may have made one long before its
 * first checkpoint. What is below the folder of the search itself counts, also where that is a run.
 * @param searched relative to it, '' for itself, in any order: a search reads several at once
 * @param runs their paths, as a list of runs has them
 * @returns those nearest to it first, and of these by their paths, so that each search tells the same
 */
export function runlessFolders(searched: Iterable<string>, runs: ReadonlySet<string>): string[] {
  const holding = new Set([...runs].flatMap(foldersAbove));
  const isOfRun = (path: string) =>
    path === '' || runs.has(path) || holding.has(path) || foldersAbove(path).some((above) => runs.has(above));
  const runless = [...searched].filter((path) => !isOfRun(path)).map(toPlace);
  return runless.sort(byPlace).map(({ path }) => path);
}

interface Place {
  path: string;
  depth: number;
}

function toPlace(path: string): Place {
  return { path, depth: path.split('/').length };
}

function byPlace(a: Place, b: Place): number {
  return a.depth - b.depth || (a.path < b.path ? -1 : 1);
}
