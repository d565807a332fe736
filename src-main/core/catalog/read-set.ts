import { bareIntegrity } from '../../../shared/model/integrity.ts';
import { manifestChecksum } from '../integrity/manifest.ts';
import { beside } from './group-names.ts';
import type { FileSet } from './layouts/file-sets.ts';
import type { CatalogEntry } from './make-entry.ts';

/** The checksum that a run lists of a version; of one that is several files, of all of them, and null unless every one is listed. */
export function listedFor(
  id: string,
  set: FileSet | undefined,
  checksums: ReadonlyMap<string, string>,
): string | null {
  if (!set) return checksums.get(id) ?? null;
  const files = [set.main, ...set.others].flatMap((name) => {
    const checksum = checksums.get(beside(id, name));
    return checksum === undefined ? [] : [{ name, checksum }];
  });
  return files.length === set.others.length + 1 ? manifestChecksum(files) : null;
}

/** A version of which some files are not there is torn, and it is said which. */
export function withMissing(entry: CatalogEntry, set: FileSet | undefined): CatalogEntry {
  if (!set || set.missing.length === 0) return entry;
  const integrity = bareIntegrity('torn', set.missing.join('; '), entry.record.checksum);
  return { ...entry, integrity };
}
