import { dirname } from 'node:path';
import { ModelManagerError } from '../errors.ts';
import type { Disk, DiskFile } from '../files/disk.ts';
import { cannotLink, errorCode } from '../files/error-code.ts';
import { modeOfNew } from '../files/file-mode.ts';
import { readBytes, readRecord } from '../files/read-record.ts';
import { stageFile, writeAll } from '../files/stage-file.ts';
import { checksumListName } from './checksum-list.ts';

const attempts = 10;

/**
 * Puts an edited list in the place of one that other programs may write to: at any moment it is wholly the old one or wholly the new one,
 * and what was added to the old one on the way comes after. A list of which nothing is left goes.
 * @param edit is given the list, empty where there is none
 * @throws ModelManagerError where it is no file, or others replace it again and again; system errors as they are
 */
export async function replaceList(disk: Disk, path: string, edit: (list: Buffer) => Buffer): Promise<void> {
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const old = await openList(disk, path);
    try {
      if (await replaceOne(disk, path, old, edit)) return;
    } finally {
      await old?.close();
    }
  }
  throw new ModelManagerError(
    `no checksum was put on record — another program keeps replacing ${checksumListName} — try again once it is done`,
    { path },
  );
}

/**
 * The bytes of a list; none where there is no list.
 * @throws ModelManagerError where something else has its name; system errors as they are: it is not taken for empty
 */
export async function readList(disk: Disk, path: string): Promise<Buffer> {
  const read = await readRecord(disk, path, (_, bytes) => bytes);
  if (read === null) return Buffer.alloc(0);
  if ('value' in read) return read.value;
  throw noList(path, read.damage);
}

/** What is said where something else has the name of the list. */
function noList(path: string, cause?: unknown): ModelManagerError {
  const message = `no checksum was put on record — ${checksumListName} is no regular file — move it away`;
  return new ModelManagerError(message, { path, cause });
}

async function openList(disk: Disk, path: string): Promise<DiskFile | null> {
  const look = await disk.lookAt(path);
  if (look === null) return null;
  if (look.type !== 'file') throw noList(path);
  return disk.open(path).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  });
}

/** @returns false where it is another list by now, or was begun anew */
async function replaceOne(
  disk: Disk,
  path: string,
  old: DiskFile | null,
  edit: (list: Buffer) => Buffer,
): Promise<boolean> {
  const before = old ? await readBytes(old, await old.size()) : Buffer.alloc(0);
  const bytes = edit(before);
  if (bytes.equals(before)) return true;
  const mode = old?.opened.mode ?? modeOfNew(null, null);
  const staged = await stageFile(disk, dirname(path), checksumListName, [bytes], mode);
  const isReplaced = await giveName(disk, staged.path, path, old, before.length).catch(
    async (error: unknown) => {
      await disk.unlink(staged.path).catch(() => undefined);
      throw error;
    },
  );
  if (!isReplaced) await disk.unlink(staged.path);
  else if (old) await carryOver(disk, path, old, before.length);
  if (isReplaced && (await disk.lookAt(path))?.size === 0) await disk.unlink(path);
  return isReplaced;
}

async function giveName(
  disk: Disk,
  staged: string,
  path: string,
  old: DiskFile | null,
  seen: number,
): Promise<boolean> {
  if (old === null) return takeFreeName(disk, staged, path);
  const now = await disk.lookAt(path);
  if (now?.ino !== old.opened.ino || now.size < seen) return false;
  await disk.rename(staged, path);
  return true;
}

/** A list that another program made meanwhile keeps its name. */
async function takeFreeName(disk: Disk, staged: string, path: string): Promise<boolean> {
  try {
    await disk.link(staged, path);
  } catch (error) {
    if (errorCode(error) === 'EEXIST' || (await disk.lookAt(path)) !== null) return false;
    if (!cannotLink(error)) throw error;
    await disk.rename(staged, path);
    return true;
  }
  await disk.unlink(staged);
  return true;
}

/** Who had the old list open adds to that one. */
async function carryOver(disk: Disk, path: string, old: DiskFile, seen: number): Promise<void> {
  for (let done = seen; ; ) {
    const size = await old.size();
    if (size <= done) return;
    const added = await readBytes(old, size - done, done);
    const list = await disk.append(path);
    try {
      await writeAll(list, added);
      await list.sync();
    } finally {
      await list.close();
    }
    done += added.length;
  }
}
