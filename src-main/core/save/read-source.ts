import { createHash } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { escapeName } from '../catalog/escape-name.ts';
import { ModelManagerError, UsageError } from '../errors.ts';
import { explainError, isPassing } from '../files/error-code.ts';
import type { FileStatus } from '../files/file-identity.ts';
import { readAhead } from '../files/read-ahead.ts';
import type { Chunks } from '../files/stage-file.ts';
import type { ByteSource, FileBytes } from './save-request.ts';

/** Bytes to be saved; `size` is null where it is not known before they are read. */
export interface OpenSource {
  /** The file that is read, where it is one. */
  file: Pick<FileStatus, 'dev' | 'ino' | 'mode'> | null;
  size: number | null;
  chunks: Chunks;
  close(): Promise<void>;
}

/** @throws UsageError when the file cannot be opened, or is none; ModelManagerError where that may pass */
export async function openSource(source: ByteSource): Promise<OpenSource> {
  if (!('path' in source)) return { ...source, file: null, close: async () => undefined };
  const { file, status } = await openFile(source.path);
  const { dev, ino, size, mtimeMs, mode } = status;
  return {
    file: { dev, ino, mode: mode & 0o777 },
    size,
    chunks: asVerified(readWhole(file, source.path, size, mtimeMs), source),
    // It was only read: what fails here takes back nothing that is saved.
    close: () => file.close().catch(() => undefined),
  };
}

/** The same bytes in the form that `compression: gzip` asks for. */
export function compress(chunks: Chunks): Chunks {
  const gzip = createGzip();
  // What goes wrong on the way in comes out where the packed bytes are read.
  pipeline(Readable.from(copies(chunks)), gzip, () => undefined);
  return gzip;
}

/**
 * The same bytes; hashed here, as they are in the file, because they may be packed on their way.
 * @throws ModelManagerError at their end where they are others than they were found to be
 */
async function* asVerified(chunks: Chunks, { path, checksum }: FileBytes): AsyncGenerator<Uint8Array> {
  if (checksum === undefined) return yield* chunks;
  const hash = createHash('sha256');
  for await (const chunk of chunks) {
    hash.update(chunk);
    yield chunk;
  }
  if (hash.digest('hex') !== checksum)
    throw new ModelManagerError(
      `${escapeName(path)} changed since it was verified — it is still being written, or another has its name — save it once it is whole`,
      { path },
    );
}

async function* copies(chunks: Chunks): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) yield Uint8Array.from(chunk);
}

async function openFile(path: string): Promise<{ file: FileHandle; status: Stats }> {
  const refuse = (why: string, cause?: unknown) => {
    const what = `cannot save ${escapeName(path)} — ${why}`;
    return isPassing(cause)
      ? new ModelManagerError(`${what} — try again`, { path, cause })
      : new UsageError(`${what} — name the file that your training wrote`, { path, cause });
  };
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)).catch((error: unknown) => {
    throw refuse(explainError(error), error);
  });
  try {
    const status = await file.stat();
    if (status.isFile()) return { file, status };
    throw refuse('it is not a regular file');
  } catch (error) {
    await file.close();
    throw error instanceof ModelManagerError ? error : refuse(explainError(error), error);
  }
}

/** @throws ModelManagerError when the file changes while it is read: half of it would be of one save, half of another */
async function* readWhole(
  file: FileHandle,
  path: string,
  size: number,
  mtimeMs: number,
): AsyncGenerator<Uint8Array> {
  let position = 0;
  const read = async (buffer: Uint8Array, at: number) =>
    (await file.read(buffer, 0, buffer.length, at)).bytesRead;
  for await (const chunk of readAhead(read)) {
    position += chunk.length;
    if (position > size) break;
    yield chunk;
  }
  const now = await file.stat();
  if (position !== size || now.size !== size || now.mtimeMs !== mtimeMs)
    throw new ModelManagerError(
      `${escapeName(path)} changed while it was read — it is still being written — save it once it is whole`,
      { path },
    );
}
