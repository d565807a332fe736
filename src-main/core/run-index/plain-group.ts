import { type Group, idOf } from '../catalog/group-names.ts';
import { chooseSidecar } from '../catalog/read-sidecar.ts';
import {
  type FileIdentity,
  type FileStatus,
  sameIdentity,
  tryLookAt,
  untouchedSince,
} from '../files/file-identity.ts';

/** The files of one version that has a single model, and nothing left over from a save, as they stand. */
export interface PlainGroup {
  /** The version's id. */
  id: string;
  /** The names of its other files, the sidecar that counts first; that one is empty where there is none. */
  others: string;
  model: FileStatus;
  /** What is at the sidecar that counts; where there is none, all zeros. */
  sidecar: FileIdentity;
}

/** Stands in no file's name. */
const separator = '/';
const noFile = { dev: 0, ino: 0, size: 0, mtimeMs: 0, ctimeMs: 0 };
const numbersPerFile = 5;
/** How many numbers tell one state of a version's files from another. */
export const identityLength = 2 * numbersPerFile;

/** Looks at the files that decide what a version is said to be; null when they are no plain group of regular files. */
export function lookAtPlain(root: string, { folder, files }: Group): PlainGroup | null {
  const [model] = files.model;
  if (model === undefined || files.model.length > 1 || files.leftover.length > 0) return null;
  const sidecar = chooseSidecar(files.sidecar) ?? '';
  const rest = [...files.sidecar, ...files.backup].filter((name) => name !== sidecar);
  return lookAgain(root, idOf(folder, model), [sidecar, ...rest].join(separator));
}

/** Looks at the files of a plain group that is known; null when they are none any more. */
export function lookAgain(root: string, id: string, others: string): PlainGroup | null {
  const model = fileAt(`${root}/${id}`);
  const sidecarName = others.split(separator, 1)[0];
  const sidecar = sidecarName ? fileAt(`${root}/${folderOf(id)}${sidecarName}`) : noFile;
  return model && sidecar && { id, others, model, sidecar };
}

/** Every name of a plain group. */
export function namesOfPlain(id: string, others: string): string[] {
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
  return [model, sidecar].flatMap(({ dev, ino, size, mtimeMs, ctimeMs }) => [
    dev,
    ino,
    size,
    mtimeMs,
    ctimeMs,
  ]);
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

function fileAt(path: string): FileStatus | null {
  const look = tryLookAt(path);
  return look && 'ino' in look && look.type === 'file' ? look : null;
}
