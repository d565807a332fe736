const ending = '.cairn.json';

/** The name of the record that a save puts into a folder that is a version. @param name the folder's before it was saved: by that its framework knows it */
export function recordOfFolder(name: string): string {
  return name + ending;
}

/** What a folder with these names in it was called before it was saved; null for one that no save put there. */
export function nameBeforeSave(inside: Iterable<string>): string | null {
  for (const name of inside)
    if (name.endsWith(ending) && name.length > ending.length && !name.includes('/'))
      return name.slice(0, -ending.length);
  return null;
}
