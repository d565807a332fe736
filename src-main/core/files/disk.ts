import { constants } from 'node:fs';
import { copyFile, link, mkdir, open, readdir, rename, rmdir, statfs, unlink } from 'node:fs/promises';
import { bytesFree } from './bytes-free.ts';
import { type FileStatus, lookAt, statusOf } from './file-identity.ts';
import { rawPath, textOfName } from './raw-names.ts';
import { mayShareBlocks } from './sharing-disks.ts';
import { isUnreadableName } from './tell-no-file.ts';

/** A file that is open for reading, or new and open for writing. */
export interface DiskFile {
  /** What it was when it was opened: of the file itself, whatever has its name by now. */
  readonly opened: FileStatus;
  /** Appends some or all of the bytes. @returns how many */
  write(data: Uint8Array): Promise<number>;
  /** Fills the buffer from a position in the file. @returns how many bytes there were */
  read(buffer: Uint8Array, position: number): Promise<number>;
  /** Removes all of its bytes. */
  truncate(): Promise<void>;
  /** Sets its permission bits. */
  chmod(mode: number): Promise<void>;
  /** Sets when it was last written to, in milliseconds since 1970. */
  touch(mtime: number): Promise<void>;
  /** Returns once the bytes are on the medium. */
  sync(): Promise<void>;
  /** Bytes. */
  size(): Promise<number>;
  close(): Promise<void>;
}

/**
 * Every call by which Cairn changes what a run holds, and what it keeps of a run that could not be found again; not the lock, which
 * is the kernel's, nor what files say of themselves in `verifications.jsonl`, `trash-index.jsonl`, `trash-ages.json` and `backup-ages.json`. Paths are absolute. All throw system errors. One small interface, so that tests
 * can make each call fail, or cut the power after it.
 */
export interface Disk {
  /** A new file, for its owner alone; never an existing one. */
  create(path: string): Promise<DiskFile>;
  open(path: string): Promise<DiskFile>;
  /** The file of that name, to be written to; as it is until it is truncated. */
  reopen(path: string): Promise<DiskFile>;
  /** The file of that name, to be written to at its end, and read; a new one, for its owner alone, where there is none. */
  append(path: string): Promise<DiskFile>;
  /** A second name for a file; fails where the name is taken. */
  link(from: string, to: string): Promise<void>;
  /** Replaces what has the new name. */
  rename(from: string, to: string): Promise<void>;
  unlink(path: string): Promise<void>;
  /** A folder; its parent must be there. @param mode its permission bits, less what the process keeps from all that it makes */
  mkdir(path: string, mode?: number): Promise<void>;
  /** Sets the permission bits of a folder; no link is followed. */
  chmodFolder(path: string, mode: number): Promise<void>;
  /** Removes an empty folder. */
  rmdir(path: string): Promise<void>;
  /** The names in a folder; one that is not valid UTF-8 as text by which it is looked at and removed alone. */
  readdir(path: string): Promise<string[]>;
  lookAt(path: string): Promise<FileStatus | null>;
  /** A copy that shares its bytes with the original, and has its mode, to a new name; fails where the disk cannot. */
  clone(from: string, to: string): Promise<void>;
  /** Makes the names in a folder durable. */
  syncFolder(path: string): Promise<void>;
  /** Bytes that may still be written below a folder; infinite on a disk that does not say how large it is. */
  freeSpace(path: string): Promise<number>;
  /** Whether a copy of a file in that folder may be a {@link clone} of it, and so needs no bytes of its own; nothing is tried. */
  mayShare(file: string, folder: string): Promise<boolean>;
}

const noFollow = constants.O_NOFOLLOW ?? 0;
const createFlags = constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY | noFollow;
const reopenFlags = constants.O_WRONLY | noFollow | (constants.O_NONBLOCK ?? 0);
const appendFlags = constants.O_RDWR | constants.O_CREAT | constants.O_APPEND | noFollow;
const readFlags = constants.O_RDONLY | noFollow | (constants.O_NONBLOCK ?? 0);
const cloneFlags = constants.COPYFILE_FICLONE_FORCE | constants.COPYFILE_EXCL;

export const realDisk: Disk = {
  create: async (path) => wrap(await open(path, createFlags, 0o600)),
  open: async (path) => wrap(await open(path, readFlags)),
  reopen: async (path) => wrap(await open(path, reopenFlags)),
  append: async (path) => wrap(await open(path, appendFlags, 0o600)),
  link,
  rename,
  unlink: (path) => unlink(rawPath(path)),
  mkdir: (path, mode = 0o755) => mkdir(path, { mode }),
  chmodFolder,
  rmdir: (path) => rmdir(rawPath(path)),
  readdir: namesIn,
  lookAt: async (path) => lookAt(path),
  clone: (from, to) => copyFile(from, to, cloneFlags),
  syncFolder,
  freeSpace: async (path) => bytesFree(await statfs(path)),
  mayShare: async (file, folder) => mayShareBlocks(file, folder),
};

async function namesIn(path: string): Promise<string[]> {
  const names = await readdir(rawPath(path));
  if (!names.some(isUnreadableName)) return names;
  return (await readdir(rawPath(path), { encoding: 'buffer' })).map(textOfName);
}

type Handle = Awaited<ReturnType<typeof open>>;

async function wrap(handle: Handle): Promise<DiskFile> {
  const stats = await handle.stat().catch(async (error: unknown) => {
    await handle.close();
    throw error;
  });
  return {
    opened: statusOf(stats),
    truncate: () => handle.truncate(0),
    write: async (data) => (await handle.write(data)).bytesWritten,
    read: async (buffer, position) => (await handle.read(buffer, 0, buffer.length, position)).bytesRead,
    chmod: (mode) => handle.chmod(mode),
    touch: (mtime) => handle.utimes(mtime / 1000, mtime / 1000),
    sync: () => handle.sync(),
    size: async () => (await handle.stat()).size,
    close: () => handle.close(),
  };
}

const folderFlags = constants.O_RDONLY | (constants.O_DIRECTORY ?? 0);
/** Those that say more of a folder than who may do what in it: its files belong to its group. */
const otherBits = 0o7000;

/** Windows has no such bits, and opens no folder. */
async function chmodFolder(path: string, mode: number): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, folderFlags | noFollow);
  try {
    await folder.chmod(((await folder.stat()).mode & otherBits) | mode);
  } finally {
    await folder.close();
  }
}

/** Windows opens no folder for this: there, as in restic and Borg, it is left to the file system. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, folderFlags);
  try {
    await folder.sync();
    // An XFS that was shut down meanwhile, as after an error of its disk, says nothing of it until it is asked about the folder.
    await folder.stat();
  } finally {
    await folder.close();
  }
}
