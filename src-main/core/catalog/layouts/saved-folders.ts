import { type FileSet, fileSetOf, stemOfSet } from './file-sets.ts';
import type { NamesInside } from './layout.ts';

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

/** What several files that are one version are called without their endings: of that name is the folder that a save puts them into. @param main the one that stands for them */
export function nameOfSet(main: string): string {
  return (stemOfSet(main) ?? main).replace(/\.index$/, '');
}

/** The several files that a save put into a folder; null for a folder in which it put none. @param own the folder's name before it was saved */
export function savedSetIn(own: string, inside: NamesInside): FileSet | null {
  if (!inside.has(recordOfFolder(own))) return null;
  for (const stem of [own, `${own}.index`]) {
    const set = fileSetOf(
      stem,
      [...inside].filter((name) => stemOfSet(name) === stem),
    );
    if (set) return set;
  }
  return null;
}
