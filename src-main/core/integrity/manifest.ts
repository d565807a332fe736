import { createHash } from 'node:crypto';
import { checksumListName } from './checksum-list.ts';

/** A file of a version that is a folder, by its name in that, and its SHA-256 in lower-case hex. */
export interface NamedChecksum {
  name: string;
  checksum: string;
}

/** The checksum of a version that is a folder: the SHA-256 of what `sha256sum` prints of its files, sorted by name. */
export function manifestChecksum(files: readonly NamedChecksum[]): string {
  const lines = files.map(({ name, checksum }) => ({ name, line: `${checksum}  ${name}\n` }));
  lines.sort((a, b) => (a.name < b.name ? -1 : 1));
  const hash = createHash('sha256');
  for (const { line } of lines) hash.update(line);
  return hash.digest('hex');
}

/** The same of files by their paths in the run. @param base the folder of the run that their names are relative to, '' for that itself */
export function manifestBelow(base: string, files: readonly { path: string; checksum: string }[]): string {
  const start = base === '' ? 0 : base.length + 1;
  return manifestChecksum(files.map(({ path, checksum }) => ({ name: path.slice(start), checksum })));
}

const known = new WeakMap<ReadonlyMap<string, string>, Map<string, string[]>>();

/** The ids of files below a folder for which a list has checksums. */
export function listedBelow(checksums: ReadonlyMap<string, string>, folder: string): readonly string[] {
  let byFolder = known.get(checksums);
  if (!byFolder) {
    byFolder = new Map();
    for (const id of checksums.keys()) addTo(byFolder, id);
    known.set(checksums, byFolder);
  }
  return byFolder.get(folder) ?? [];
}

/** A sentence for each file of a folder that a list has a checksum of and that is not among these names. */
export function missingOfList(
  folder: string,
  names: readonly string[],
  checksums: ReadonlyMap<string, string>,
): string[] {
  if (checksums.size === 0) return [];
  const there = new Set(names);
  const listed = listedBelow(checksums, folder).map((id) => id.slice(folder.length + 1));
  return listed
    .filter((name) => !there.has(name))
    .map((name) => `${name}, which ${checksumListName} lists, is missing`);
}

function addTo(byFolder: Map<string, string[]>, id: string): void {
  for (let end = id.lastIndexOf('/'); end > 0; end = id.lastIndexOf('/', end - 1)) {
    const folder = id.slice(0, end);
    const ids = byFolder.get(folder);
    if (ids) ids.push(id);
    else byFolder.set(folder, [id]);
  }
}
