/**
 * What runs are called, by their folders: each by its folder's name, and those of one name by as many of the folders above as tell
 * them apart. In the order given; a folder is absolute, as its system writes it.
 * @param told what each is called beside that, by what its launcher wrote down
 */
export function nameRuns(folders: readonly string[], told: readonly (string | null)[] = []): string[] {
  return namesOfFolders(folders).map((name, index) => {
    const also = told[index] ?? null;
    return also === null ? name : `${name} (${also})`;
  });
}

function namesOfFolders(folders: readonly string[]): string[] {
  const paths = folders.map((folder) => folder.split(/[\\/]/).filter((part) => part !== ''));
  const names = paths.map((path) => path.join('/'));
  let alike = [...paths.keys()];
  for (let length = 1; alike.some((index) => length < lengthAt(paths, index)); length += 1)
    alike = stillAlike(alike, paths, names, length);
  return names;
}

/** Names those that so many parts tell apart. @returns the others, among them those that have no more parts than that */
function stillAlike(
  alike: readonly number[],
  paths: readonly (readonly string[])[],
  names: string[],
  length: number,
): number[] {
  const ends = alike.map((index) => paths[index]?.slice(-length).join('/') ?? '');
  const counts = new Map<string, number>();
  for (const end of ends) counts.set(end, (counts.get(end) ?? 0) + 1);
  return alike.filter((index, place) => {
    const end = ends[place] ?? '';
    if (length >= lengthAt(paths, index) || counts.get(end) !== 1) return true;
    names[index] = end;
    return false;
  });
}

function lengthAt(paths: readonly (readonly string[])[], index: number): number {
  return paths[index]?.length ?? 0;
}
