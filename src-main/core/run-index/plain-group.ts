import { type Group, idOf } from '../catalog/group-names.ts';
import type { GroupReading } from '../catalog/read-group.ts';
import { chooseSidecar } from '../catalog/read-sidecar.ts';
import { type FileIdentity, sameIdentity, tryLookAt, untouchedSince } from '../files/file-identity.ts';

/** The names of the files of one version that has a single model, no companions, and nothing left over from a save. */
export interface PlainNames {
  /** The version's id. */
  id: string;
  /** The names of its other files, the sidecar that counts first; that one is empty where there is none. */
  others: string;
}

/** The files of such a version, as they stand. */
export interface PlainGroup extends PlainNames {
  model: FileIdentity;
  /** What is at the sidecar that counts; where there is none, all zeros. */
  sidecar: FileIdentity;
}

/** Stands in no file's name. */
const separator = '/';
const noFile = { dev: 0, ino: 0, size: 0, mtimeMs: 0, ctimeMs: 0 };
const numbersPerFile = 5;
/** How many numbers tell one state of a version's files from another. */
export const identityLength = 2 * numbersPerFile;

/** The names of a group; null when it is no plain one. */
export function plainNames({ folder, files }: Group): PlainNames | null {
  const [model] = files.model;
  const others = files.part.length + files.companion.length + files.leftover.length;
  const isPlain = files.model.length === 1 && others === 0;
  if (model === undefined || !isPlain || folder.version) return null;
  const sidecar = chooseSidecar(files.sidecar) ?? '';
  const rest = [...files.sidecar, ...files.backup].filter((name) => name !== sidecar);
  return { id: idOf(folder, model), others: [sidecar, ...rest].join(separator) };
}

/** Looks at the files that decide what a version is said to be; null when they are no regular files. */
export function lookAtPlain(root: string, { id, others }: PlainNames): PlainGroup | null {
  const model = fileAt(`${root}/${id}`);
  const name = sidecarOf(others);
  const sidecar = name ? fileAt(`${root}/${folderOf(id)}${name}`) : noFile;
  return model && sidecar && { id, others, model, sidecar };
}

/** The files as they were when they were read; null when that is not known of both. */
export function asRead({ id, others }: PlainNames, { entries, sidecar }: GroupReading): PlainGroup | null {
  const model = entries[0]?.identity;
  const read = sidecarOf(others) ? sidecar : noFile;
  return model && read ? { id, others, model, sidecar: read } : null;
}

function sidecarOf(others: string): string | undefined {
  return others.split(separator, 1)[0];
}

/** Every name of a plain group. */
export function namesOfPlain({ id, others }: PlainNames): string[] {
  return [id.slice(folderOf(id).length), ...others.split(separator)].filter((name) => name !== '');
}

/** The folder of an id, with the slash at its end; empty for the run itself. */
function folderOf(id: string): string {
  return id.slice(0, id.lastIndexOf('/') + 1);
}

/** Whether its files are as they were when the clock stood at `at`, in milliseconds. */
export function isUntouched({ model, sidecar }: PlainGroup, at: number): boolean {
  return untouchedSince(model, at) && untouchedSince(sidecar, at);
}

/** The state of its files: {@link identityLength} numbers. */
export function identityOfFiles({ model, sidecar }: PlainGroup): number[] {
  const { dev, ino, size, mtimeMs, ctimeMs } = sidecar;
  return [model.dev, model.ino, model.size, model.mtimeMs, model.ctimeMs, dev, ino, size, mtimeMs, ctimeMs];
}

/** Whether its files are in the state that stands there. */
export function hasIdentity({ model, sidecar }: PlainGroup, numbers: Float64Array, at: number): boolean {
  return (
    sameIdentity(model, identityAt(numbers, at)) &&
    sameIdentity(sidecar, identityAt(numbers, at + numbersPerFile))
  );
}

function identityAt(numbers: Float64Array, at: number): FileIdentity {
  const number = (index: number) => numbers[at + index] ?? Number.NaN;
  return { dev: number(0), ino: number(1), size: number(2), mtimeMs: number(3), ctimeMs: number(4) };
}

function fileAt(path: string): FileIdentity | null {
  const look = tryLookAt(path);
  return look && 'ino' in look && look.type === 'file' ? look : null;
}
