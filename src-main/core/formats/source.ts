import { constants, readSync } from 'node:fs';
import { type FileHandle, lstat, open } from 'node:fs/promises';
import { basename } from 'node:path';
import { type FileIdentity, identityOf } from '../files/file-identity.ts';

/** The longest single read, in bytes: a reader that wants more is one that trusted a length it should not have. */
export const longestRead = 16 * 1024 * 1024;

export type SourceErrorCode = 'not-a-regular-file' | 'out-of-range' | 'too-long' | 'short-read';

/** A read that could not be done; never thrown because of what a file contains. */
class SourceError extends Error {
  readonly code: SourceErrorCode;
  /** The same without the file's name. */
  readonly reason: string;
  constructor(
    code: SourceErrorCode,
    reason: string,
    { path, cause }: { path?: string; cause?: unknown } = {},
  ) {
    super(path === undefined ? reason : `${path}: ${reason}`, { cause });
    this.name = 'SourceError';
    this.code = code;
    this.reason = reason;
  }
}

/** Whether something thrown says that reading failed, whatever the bytes are: a system error, or a {@link SourceError}. */
export function isReadingError(thrown: unknown): boolean {
  return thrown instanceof SourceError || (thrown instanceof Error && 'syscall' in thrown);
}

/**
 * Bytes with a known size, read by position. `size`, `offset` and `length` are in bytes.
 * `read` gives exactly `length` bytes; it throws a {@link SourceError} when the range is not inside `[0, size)`,
 * longer than {@link longestRead}, or when the file turns out to be shorter than it was.
 */
export interface Source {
  readonly name: string;
  readonly size: number;
  read(offset: number, length: number): Promise<Buffer>;
  /** The same at once, for a library that cannot wait; null where its bytes must be waited for. */
  readonly readNow: ((offset: number, length: number) => Buffer) | null;
  /** How many bytes have been read so far, of a slice and of what it is cut from together. */
  readonly bytesRead: number;
  /** `length` bytes from `offset` as a source of their own: a member of an archive, or one of a member. Reads nothing. */
  slice(offset: number, length: number, name?: string): Source;
  /** The open file that it is in, and where it begins there: for threads of their own. Null where it is in no file. */
  readonly place: { descriptor: number; offset: number } | null;
}

/** A file that is open. */
export interface FileSource extends Source {
  /** What it was when it was opened, and what it is now, whatever its name leads to meanwhile. */
  readonly opened: FileIdentity;
  /** Its permission bits when it was opened. */
  readonly mode: number;
  look(): Promise<FileIdentity>;
  close(): Promise<void>;
}

/**
 * Opens a regular file for reading. A symbolic link, folder, FIFO, socket or device is refused with a
 * {@link SourceError} and without blocking; the caller closes what it gets.
 */
export async function openFileSource(path: string): Promise<FileSource> {
  const handle = await openRegularFile(path);
  try {
    const status = await handle.stat();
    if (!status.isFile()) throw notRegular(path);
    const source = positionalSource(
      basename(path),
      status.size,
      (offset, length) => readFully(handle, path, offset, length),
      {
        place: { descriptor: handle.fd, offset: 0 },
        readNow: (offset, length) => readDescriptor(handle.fd, path, offset, length),
      },
    );
    return Object.assign(source, {
      opened: identityOf(status),
      mode: status.mode & 0o777,
      look: async () => identityOf(await handle.stat()),
      close: () => handle.close(),
    });
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** The same over bytes already in memory; what `read` gives is a view, not a copy. */
export function bufferSource(name: string, bytes: Uint8Array): Source {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const readNow = (offset: number, length: number) => buffer.subarray(offset, offset + length);
  return positionalSource(name, buffer.length, async (offset, length) => readNow(offset, length), {
    readNow,
  });
}

type ReadBytes = (offset: number, length: number) => Promise<Buffer>;

/** The same over bytes that come from wherever `readBytes` has them; it is asked for ranges inside `size` alone. */
export function positionalSource(
  name: string,
  size: number,
  readBytes: ReadBytes,
  { place = null, readNow = null }: Partial<Pick<Source, 'place' | 'readNow'>> = {},
): Source {
  let bytesRead = 0;
  return {
    name,
    size,
    place,
    get bytesRead() {
      return bytesRead;
    },
    async read(offset, length) {
      checkRange(offset, length, size);
      const bytes = await readBytes(offset, length);
      bytesRead += length;
      return bytes;
    },
    readNow:
      readNow &&
      ((offset, length) => {
        checkRange(offset, length, size);
        bytesRead += length;
        return readNow(offset, length);
      }),
    slice(offset, length, sliceName) {
      return sliceOf(this, offset, length, sliceName);
    },
  };
}

const noBytes = Buffer.alloc(0);

function sliceOf(whole: Source, start: number, size: number, name = whole.name): Source {
  checkInside(start, size, whole.size);
  return {
    name,
    size,
    place: whole.place && { ...whole.place, offset: whole.place.offset + start },
    get bytesRead() {
      return whole.bytesRead;
    },
    async read(offset, length) {
      checkInside(offset, length, size);
      return whole.read(start + offset, length);
    },
    readNow:
      whole.readNow &&
      ((offset, length) => {
        checkInside(offset, length, size);
        return whole.readNow?.(start + offset, length) ?? noBytes;
      }),
    slice(offset, length, sliceName = name) {
      checkInside(offset, length, size);
      return whole.slice(start + offset, length, sliceName);
    },
  };
}

function checkInside(offset: number, length: number, size: number): void {
  const isRange = Number.isSafeInteger(offset) && Number.isSafeInteger(length) && offset >= 0 && length >= 0;
  if (!isRange || offset + length > size) {
    throw new SourceError(
      'out-of-range',
      `bytes ${offset} to ${offset + length} are not inside ${size} bytes`,
    );
  }
}

function checkRange(offset: number, length: number, size: number): void {
  checkInside(offset, length, size);
  if (length > longestRead) {
    throw new SourceError('too-long', `${length} bytes are more than one read may take (${longestRead})`);
  }
}

// Windows has neither flag: there nothing blocks on open, and a link must be asked for by name.
const openFlags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);
const followsLinks = constants.O_NOFOLLOW === undefined;

/** ELOOP: a symbolic link (EMLINK on FreeBSD). ENXIO: a socket, or a device without a driver. */
const refusals = new Set<unknown>(['ELOOP', 'EMLINK', 'ENXIO']);

async function openRegularFile(path: string): Promise<FileHandle> {
  if (followsLinks && (await lstat(path)).isSymbolicLink()) throw notRegular(path);
  try {
    return await open(path, openFlags);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    throw refusals.has(code) ? notRegular(path, error) : error;
  }
}

async function readFully(handle: FileHandle, path: string, offset: number, length: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await handle.read(buffer, filled, length - filled, offset + filled);
    if (bytesRead === 0) throw becameShorter(path);
    filled += bytesRead;
  }
  return buffer;
}

/** The same of a descriptor, without waiting. @throws SourceError when the file became shorter, and I/O errors */
export function readDescriptor(descriptor: number, path: string, offset: number, length: number): Buffer {
  const buffer = Buffer.allocUnsafe(length);
  for (let filled = 0; filled < length; ) {
    const count = readSync(descriptor, buffer, filled, length - filled, offset + filled);
    if (count === 0) throw becameShorter(path);
    filled += count;
  }
  return buffer;
}

function notRegular(path: string, cause?: unknown): SourceError {
  return new SourceError(
    'not-a-regular-file',
    'not a regular file (a link, a folder, a pipe or a device), so it is not opened',
    { path, cause },
  );
}

function becameShorter(path: string): SourceError {
  return new SourceError('short-read', 'the file became shorter while it was read', { path });
}
