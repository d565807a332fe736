/**
 * What runs are called, by their folders: each by its folder's name, and those of one name by as many of the folders above as tell
 * them apart. In the order given; a folder is absolute, as its system writes it.
 */
export function nameRuns(folders: readonly string[]): string[] {
  const paths = folders.map((folder) => folder.split(/[\\/]/).filter((part) => part !== ''));
  return paths.map((path) => shortestOwn(path, paths));
}

function shortestOwn(path: readonly string[], all: readonly (readonly string[])[]): string {
  for (let length = 1; length < path.length; length += 1) {
    const end = endOf(path, length);
    if (all.filter((other) => endOf(other, length) === end).length === 1) return end;
  }
  return path.join('/');
}

function endOf(path: readonly string[], length: number): string {
  return path.slice(-length).join('/');
}
