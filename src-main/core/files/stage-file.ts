import { createHash, randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { ModelManagerError } from '../errors.ts';
import { formatCount } from '../formats/plain-text.ts';
import { markOf } from '../processes/process-stat.ts';
import type { Disk, DiskFile } from './disk.ts';
import { hasNoModes, isFull } from './error-code.ts';
import { FlushBehind } from './flush-behind.ts';
import { type ReadAt, readAhead } from './read-ahead.ts';

/** A file written whole and on the medium, under a name that nobody takes for a version. */
export interface StagedFile {
  /** Absolute. */
  path: string;
  /** SHA-256 in lower-case hex. */
  checksum: string;
  /** Bytes. */
  size: number;
  /** Whether it shares its bytes on the disk with the file it is a copy of. */
  cloned?: boolean;
}

export type Chunks = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

let counter = 0;

/** The name of this machine, as far as its letters may stand in a file's name. */
export const hostName =
  hostname()
    .replace(/[^A-Za-z0-9-]/g, '-')
    .slice(0, 40) || 'host';
const stagedName = /^\..+\.([A-Za-z0-9-]+)\.(\d+)\.\d+\.([0-9a-f]{8})[0-9a-f]{8}\.tmp$/s;

let knownMark: string | null = null;

/** What tells this process from an earlier one of the same number: in a container each is number 1. Who only reads is not asked for it. */
function ownMark(): string {
  knownMark ??= markOf(process.pid) ?? randomBytes(4).toString('hex');
  return knownMark;
}

/** A new name beside the target: `.TARGET.HOST.PID.COUNTER.RANDOM.tmp`, the target cut so that the name stays legal; the random part begins with what tells the process from others of its number. */
export function stagingName(target: string): string {
  counter += 1;
  const base = Buffer.from(target)
    .subarray(0, 120)
    .toString('latin1')
    .replace(/[^\w.-]/g, '_');
  return `.${base}.${hostName}.${process.pid}.${counter}.${ownMark()}${randomBytes(4).toString('hex')}.tmp`;
}

/** Whether a name is that of a staged file whose process, on this machine, has ended. */
export function isAbandonedStage(name: string): boolean {
  const [, owner, pid, mark] = stagedName.exec(name) ?? [];
  if (owner !== hostName || pid === undefined) return false;
  if (Number(pid) === process.pid) return mark !== ownMark();
  return !isAlive(Number(pid)) || isAnother(Number(pid), mark);
}

/** Whether the process that has this number now surely is not the one that had it. */
function isAnother(pid: number, mark: string | undefined): boolean {
  const now = markOf(pid);
  return now !== null && now !== mark;
}

/** Whether there is a process of that number on this machine. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * Writes these bytes to a new file in a folder and waits until they are on the medium; hashes them on the way. Nothing is
 * left behind when it fails.
 * @param mode its permission bits once its bytes are there; till then, and without, it is its owner's alone
 * @param mtime when it says that it was written to, in milliseconds; by default now
 * @throws system errors as they are; ModelManagerError when the file is not what was written
 */
export async function stageFile(
  disk: Disk,
  folder: string,
  target: string,
  chunks: Chunks,
  mode?: number,
  mtime?: number,
): Promise<StagedFile> {
  const path = `${folder}/${stagingName(target)}`;
  const file = await disk.create(path);
  try {
    const staged = await fillFile(file, chunks, mode, mtime);
    return { path, ...staged };
  } catch (error) {
    await file.close().catch(() => undefined);
    await disk.unlink(path).catch(() => undefined);
    throw withName(error, `${folder}/${target}`);
  }
}

/** Of a file that is open the system says that writing failed, but not which it is. */
function withName(error: unknown, path: string): unknown {
  if (!(error instanceof Error) || !isFull(error) || 'path' in error) return error;
  return Object.assign(error, { path });
}

/**
 * Writes these bytes to an open file, waits until they are on the medium, and closes it. After a sync that failed there is no
 * second: it would lie.
 * @throws system errors as they are, ModelManagerError when the file is not what was written; the file stays open then
 */
export async function fillFile(
  file: DiskFile,
  chunks: Chunks,
  mode?: number,
  mtime?: number,
): Promise<Omit<StagedFile, 'path'>> {
  const hash = createHash('sha256');
  const flushing = new FlushBehind(file);
  let size = 0;
  try {
    for await (const chunk of chunks) {
      // The disk writes while this thread hashes.
      const written = writeAll(file, chunk);
      hash.update(chunk);
      await written;
      size += chunk.length;
      flushing.wrote(chunk.length);
    }
  } finally {
    await flushing.ended();
  }
  flushing.throwIfFailed();
  if (mode !== undefined) await file.chmod(mode).catch(unlessNoModes);
  if (mtime !== undefined) await file.touch(mtime).catch(unlessNoModes);
  await file.sync();
  const written = await file.size();
  if (written !== size)
    throw new ModelManagerError(
      `the disk kept ${formatCount(written)} of ${formatCount(size)} bytes — nothing was saved — check the disk and try again`,
    );
  await file.close();
  return { checksum: hash.digest('hex'), size };
}

/** A file system that has no modes or times, or not this one, leaves the file to its owner, and as of now. */
function unlessNoModes(error: unknown): void {
  if (!hasNoModes(error)) throw error;
}

/** Writes all of it: a full disk may take a part. @throws ENOSPC where it takes no more */
export async function writeAll(file: DiskFile, data: Uint8Array): Promise<void> {
  for (let done = 0; done < data.length; ) {
    const count = await file.write(data.subarray(done));
    if (count === 0) throw Object.assign(new Error('ENOSPC: the disk took no more'), { code: 'ENOSPC' });
    done += count;
  }
}

/** How a person follows that files are read, and ends it. */
export interface Reading {
  signal?: AbortSignal | undefined;
  /** Is given the bytes that were read since it was last called. */
  onBytes?: ((bytes: number) => void) | undefined;
}

/** Reads a file in pieces, of so many bytes at most, that are valid until the next is asked for. @throws the signal's reason */
export async function* readChunks(
  disk: Disk,
  path: string,
  atOnce?: number,
  { signal, onBytes }: Reading = {},
): AsyncGenerator<Uint8Array> {
  const file = await disk.open(path);
  const read: ReadAt = async (buffer, position) => {
    signal?.throwIfAborted();
    const count = await file.read(buffer, position);
    onBytes?.(count);
    return count;
  };
  try {
    yield* readAhead(read, atOnce);
  } finally {
    await file.close();
  }
}

/**
 * A copy of a file, staged and on the medium: one that shares its bytes where the disk can, and hashed either way. It
 * has the mode of the original.
 * @param as what it is to be otherwise than the original: `mtime` as {@link stageFile} has it, `allowed` permission bits
 * @throws system errors as they are, the signal's reason
 */
export async function stageCopy(
  disk: Disk,
  from: string,
  folder: string,
  target: string,
  reading: Reading = {},
  as: { mtime?: number | undefined; allowed?: number } = {},
): Promise<StagedFile> {
  const path = `${folder}/${stagingName(target)}`;
  try {
    await disk.clone(from, path);
  } catch {
    await disk.unlink(path).catch(() => undefined);
    const chunks = readChunks(disk, from, undefined, reading);
    const mode = (await disk.lookAt(from))?.mode;
    return stageFile(disk, folder, target, chunks, mode && mode & (as.allowed ?? mode), as.mtime);
  }
  try {
    return { path, ...(await hashAndSync(disk, path, reading, as)), cloned: true };
  } catch (error) {
    await disk.unlink(path).catch(() => undefined);
    throw error;
  }
}

async function hashAndSync(
  disk: Disk,
  path: string,
  reading: Reading,
  { mtime, allowed }: { mtime?: number | undefined; allowed?: number },
): Promise<Omit<StagedFile, 'path'>> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of readChunks(disk, path, undefined, reading)) {
    hash.update(chunk);
    size += chunk.length;
  }
  const file = await disk.open(path);
  try {
    if (allowed !== undefined) await file.chmod(file.opened.mode & allowed).catch(unlessNoModes);
    if (mtime !== undefined) await file.touch(mtime).catch(unlessNoModes);
    await file.sync();
  } finally {
    await file.close();
  }
  return { checksum: hash.digest('hex'), size };
}
