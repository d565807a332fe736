import { closeSync, constants, existsSync, openSync, readlinkSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { ModelManagerError } from '../errors.ts';
import { errorCode } from './error-code.ts';
import { lookAt } from './file-identity.ts';
import { rawPath } from './raw-names.ts';

/** A folder that was looked at once: what is done below `path` is done in it, whatever has its name by then. */
export interface HeldFolder {
  path: string;
  /** Whether it still stands where it did. */
  isInPlace: () => boolean;
  release: () => void;
}

/** Of Linux, on every processor that Electron runs on; Node has no name for it. */
const pathOnly = 0o10000000;
const openFlags = pathOnly | (constants.O_DIRECTORY ?? 0) | (constants.O_NOFOLLOW ?? 0);
const openFiles = '/proc/self/fd';
const hasOpenFiles = process.platform === 'linux' && existsSync(openFiles);

/**
 * Holds a folder that no link leads to: neither it, nor one between it and the root, is one, nor becomes one unnoticed.
 * @param folder absolute; the root or below it
 * @param isOpened whether it is held open; where the system has no such thing, it is looked at before and after
 * @throws ModelManagerError where a link or a file is in the way; system errors as they are
 */
export function holdFolder(folder: string, root: string, isOpened = hasOpenFiles): HeldFolder {
  return isOpened ? holdOpen(folder, root) : holdByLooks(folder, root);
}

/**
 * Does something in a folder that is held until that is over: also until what it promised is settled.
 * @throws as `holdFolder`, and what `act` throws
 */
export function inHeldFolder<T>(
  folder: string,
  root: string,
  act: (path: string, isInPlace: () => boolean) => T,
): T {
  const held = holdFolder(folder, root);
  let isOver = true;
  try {
    const value = act(held.path, held.isInPlace);
    if (!(value instanceof Promise)) return value;
    isOver = false;
    return value.finally(held.release) as T;
  } finally {
    if (isOver) held.release();
  }
}

/** What stands where Cairn needs a folder. */
export function inTheWay(path: string): ModelManagerError {
  const message = `${path} is not a folder — Cairn needs one of that name, and follows no link — move it away`;
  return new ModelManagerError(message, { path });
}

function holdOpen(folder: string, root: string): HeldFolder {
  let file = openFolder(folder, folder);
  let place = placeOf(file);
  if (place !== folder) {
    // A link led there; or the disk spells the name in its own way, or the root stands behind a link.
    closeSync(file);
    file = openStepByStep(folder, root);
    place = placeOf(file);
  }
  return {
    path: `${openFiles}/${file}`,
    isInPlace: () => placeOf(file) === place,
    release: () => closeSync(file),
  };
}

function openStepByStep(folder: string, root: string): number {
  let file = openFolder(root, root);
  for (const part of partsOf(folder, root)) {
    const parent = file;
    try {
      file = openFolder(`${openFiles}/${parent}/${part}`, folder);
    } finally {
      closeSync(parent);
    }
  }
  return file;
}

function openFolder(path: string, asked: string): number {
  try {
    return openSync(rawPath(path), openFlags);
  } catch (error) {
    if (errorCode(error) === 'ENOTDIR' || errorCode(error) === 'ELOOP') throw inTheWay(asked);
    throw error;
  }
}

/** Where an open folder is now, by the kernel: a name that is a link is not in it. */
function placeOf(file: number): string {
  return readlinkSync(`${openFiles}/${file}`);
}

function holdByLooks(folder: string, root: string): HeldFolder {
  const inode = inodeOf(folder, root);
  return { path: folder, isInPlace: () => inodeOf(folder, root) === inode, release: () => undefined };
}

function inodeOf(folder: string, root: string): number {
  let path = root;
  let inode = folderAt(path);
  for (const part of partsOf(folder, root)) {
    path = join(path, part);
    inode = folderAt(path);
  }
  return inode;
}

function folderAt(path: string): number {
  const look = lookAt(path);
  if (!look) throw Object.assign(new Error(`ENOENT: ${path}`), { code: 'ENOENT', path });
  if (look.type !== 'folder') throw inTheWay(path);
  return look.ino;
}

function partsOf(folder: string, root: string): string[] {
  const parts = relative(root, folder).split(sep);
  return parts[0] === '' ? [] : parts;
}
