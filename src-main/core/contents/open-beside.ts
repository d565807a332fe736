import { realpath, stat } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { errorCode, explainError } from '../files/error-code.ts';
import { followToFile } from '../files/follow-to-file.ts';
import type { Contents, PieceBeside, Tensor } from '../formats/contents.ts';
import { awayFrom, leadsAway } from '../formats/leads-away.ts';
import { formatCount, plainName, plural } from '../formats/plain-text.ts';
import type { Source } from '../formats/source.ts';
import type { Named } from './inspect-file.ts';
import type { OpenFiles } from './open-files.ts';

/** Each is open until the checkpoint is closed; what lies in any more of them is looked at, and not read. */
const mostOpen = 500;

/** A file names more only to keep its reader busy. */
const mostFiles = 10_000;

const inTooMany = `it is in one of so many files that only ${formatCount(mostOpen)} are opened`;

/** A piece of a tensor, with the name of that. */
type NamedPiece = PieceBeside & { of: string };

/**
 * The same contents with those elements that are in other files of the same folder, and what of those is missing among the problems.
 * What leads outside, by its name or by a link, is not opened; beside a model that is itself a link, its files may be links to the
 * same place, as the hub's cache has them.
 */
export async function openBeside(named: Named, contents: Contents, files: OpenFiles): Promise<Contents> {
  const { tensors, pieces = [] } = contents;
  const isRead = tensors.some(({ beside }) => beside);
  if (!isRead && pieces.length === 0) return contents;
  const problems = [...new Set(pieces.map(({ location }) => location))].filter(leadsAway).map(awayFrom);
  const wanted = groupByLocation(piecesOf(contents));
  const found = new Map<string, FileBeside | string>();
  for (const [location, own] of [...wanted].slice(0, mostFiles)) {
    const beside = await lookBeside(named, location, isRead && found.size < mostOpen ? files : null);
    problems.push(...tellMissing(location, beside, own));
    found.set(location, beside);
  }
  if (wanted.size > mostFiles) problems.push('it names more files than are looked at');
  return {
    ...contents,
    tensors: tensors.map((tensor) => withElements(tensor, found)),
    problems: [...contents.problems, ...problems],
  };
}

/** But for those that are said to be outside the folder, which whoever reads the file tells of itself. */
function piecesOf({ tensors, pieces = [] }: Contents): NamedPiece[] {
  const ofTensors = tensors.flatMap(({ name, beside }) => (beside ? { ...beside, of: name } : []));
  return [...pieces, ...ofTensors].filter(({ location }) => !leadsAway(location));
}

function groupByLocation(pieces: readonly NamedPiece[]): ReadonlyMap<string, readonly NamedPiece[]> {
  const groups = new Map<string, NamedPiece[]>();
  for (const piece of pieces) {
    const group = groups.get(piece.location);
    if (group) group.push(piece);
    else groups.set(piece.location, [piece]);
  }
  return groups;
}

interface FileBeside {
  size: number;
  /** Null where it is looked at and not opened. */
  source: Source | null;
}

/** A few words where it is not to be had, whatever the reason: one file must not keep anybody from the others. */
async function lookBeside(
  named: Named,
  location: string,
  files: OpenFiles | null,
): Promise<FileBeside | string> {
  try {
    const found = await findBeside(named, location);
    if (typeof found === 'string') return found;
    if (!files) return { size: (await stat(found.file)).size, source: null };
    const source = await files.open(found.path, found.file);
    return { size: source.size, source };
  } catch (error) {
    return `cannot be opened (${explainError(error)})`;
  }
}

/** A few words where it is not to be had. @throws system errors where that cannot be told */
async function findBeside({ path, file }: Named, location: string): Promise<Named | string> {
  const beside = join(dirname(path), location);
  const target = await followToFile(beside).catch(nullWhereAbsent);
  if (target === null) return 'is missing';
  const folders = [await realpath(dirname(path)), dirname(file)];
  const isHere = folders.some((folder) => target.startsWith(folder.endsWith(sep) ? folder : folder + sep));
  if (!isHere) return 'leads outside the folder, and is not opened';
  return { path: beside, file: target };
}

const absent = new Set(['ENOENT', 'ENOTDIR']);

function nullWhereAbsent(error: unknown): null {
  if (absent.has(errorCode(error) ?? '')) return null;
  throw error;
}

function tellMissing(location: string, found: FileBeside | string, pieces: readonly NamedPiece[]): string[] {
  const isThere = typeof found !== 'string';
  const size = isThere ? found.size : 0;
  const lost = pieces.filter(({ start, length }) => start + length > size);
  if (isThere && lost.length === 0) return [];
  const why = isThere ? `ends after ${formatCount(size)} bytes` : found;
  const bytes = lost.reduce((sum, { start, length }) => sum + start + length - Math.max(start, size), 0);
  const [first = '', ...others] = new Set(lost.map(({ of }) => of));
  const more = others.length === 0 ? '' : ` and ${plural(others.length, 'other tensor')}`;
  return [
    `${plainName(location)} ${why}: ${formatCount(bytes)} bytes of ${plainName(first)}${more} are not there`,
  ];
}

function withElements(tensor: Tensor, found: ReadonlyMap<string, FileBeside | string>): Tensor {
  const { beside, bytes } = tensor;
  const file = found.get(beside?.location ?? '');
  if (!beside || typeof file !== 'object' || beside.start + bytes > file.size) return tensor;
  const { source } = file;
  if (!source) return { ...tensor, notRead: inTooMany };
  return { ...tensor, data: { source, start: beside.start, length: bytes, byteOrder: 'little' } };
}
