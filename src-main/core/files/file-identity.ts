import { lstatSync, type Stats } from 'node:fs';
import { errorCode } from './error-code.ts';
import { rawPath } from './raw-names.ts';

/** How far apart the two looks are that tell a file being written, in milliseconds. */
export const secondLookAfter = 200;

/** A file modified less than this long ago, in milliseconds, may still be coming. */
export const freshFor = 2000;

/** A file that is broken, and to which nothing has come for so long, in milliseconds, is not waited for any more. */
export const patience = 4000;

/** What tells one state of a file from another without reading it. Times are milliseconds with the fraction the system gives. */
export interface FileIdentity {
  dev: number;
  ino: number;
  size: number;
  mtimeMs: number;
  ctimeMs: number;
}

/** What is at a path, links not followed; `mode` is its permission bits. */
export interface FileStatus extends FileIdentity {
  mode: number;
  type: 'file' | 'folder' | 'link' | 'other';
}

/** What is at a path: its status, nothing, or why it cannot be told. */
export type Look = FileStatus | null | Error;

/** The status of a name itself; null when nothing is there. @throws system errors, such as a folder that may not be entered */
export function lookAt(path: string): FileStatus | null {
  try {
    const stats = lstatSync(rawPath(path), { throwIfNoEntry: false });
    return stats ? statusOf(stats) : null;
  } catch (error) {
    // Where its folder has become a file, nothing can be below it; and nothing can have a name that is too long for one.
    if (errorCode(error) === 'ENOTDIR' || errorCode(error) === 'ENAMETOOLONG') return null;
    throw error;
  }
}

/** {@link lookAt}, with what goes wrong as a value. */
export function tryLookAt(path: string): Look {
  try {
    return lookAt(path);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** Whether a look found a regular file. */
export function isFile(look: Look): look is FileStatus {
  return look !== null && 'type' in look && look.type === 'file';
}

export function isLink(look: Look): look is FileStatus {
  return look !== null && 'type' in look && look.type === 'link';
}

export function identityOf({ dev, ino, size, mtimeMs, ctimeMs }: FileIdentity): FileIdentity {
  return { dev, ino, size, mtimeMs, ctimeMs };
}

/** Whether a file is the very same, untouched one: device, inode, size, mtime and ctime. */
export function sameIdentity(a: FileIdentity, b: FileIdentity): boolean {
  return (
    a.ino === b.ino &&
    a.size === b.size &&
    a.mtimeMs === b.mtimeMs &&
    a.ctimeMs === b.ctimeMs &&
    a.dev === b.dev
  );
}

/** Whether a file was modified just now. A time in the future says nothing: clocks of other machines differ. */
export function isFresh({ mtimeMs }: Pick<FileIdentity, 'mtimeMs'>): boolean {
  return Math.abs(Date.now() - mtimeMs) < freshFor;
}

/** Nobody takes longer than this, in milliseconds, between one file of a save, or one part of it, and the next. */
const youngFor = 10 * 60_000;

/** Whether a file was written to of late, or names came to a folder or went. */
export function isYoung({ mtimeMs }: Pick<FileIdentity, 'mtimeMs'>): boolean {
  return Date.now() - mtimeMs < youngFor;
}

/** Whether a file is as it was when the clock stood at `at`, in milliseconds; with room for clocks that differ a little. */
export function untouchedSince(
  { mtimeMs, ctimeMs }: Pick<FileIdentity, 'mtimeMs' | 'ctimeMs'>,
  at: number,
): boolean {
  return Math.max(mtimeMs, ctimeMs) < at - freshFor;
}

export function statusOf(stats: Stats): FileStatus {
  const { dev, ino, size, mtimeMs, ctimeMs } = stats;
  return { type: typeOf(stats), mode: stats.mode & 0o777, dev, ino, size, mtimeMs, ctimeMs };
}

function typeOf(stats: Stats): FileStatus['type'] {
  if (stats.isFile()) return 'file';
  if (stats.isDirectory()) return 'folder';
  return stats.isSymbolicLink() ? 'link' : 'other';
}
