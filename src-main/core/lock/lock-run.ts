import { constants, type Stats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { hostname, userInfo } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { escapeName } from '../catalog/escape-name.ts';
import { ModelManagerError, RunIsLockedError } from '../errors.ts';
import { cannotLock } from '../files/error-code.ts';
import { lookAt, tryLookAt } from '../files/file-identity.ts';
import { inHeldFolder } from '../files/held-folder.ts';
import { dropClaim, readClaim, tryClaim } from './claim-folder.ts';
import { findKernelHolder, nameProcess } from './kernel-holder.ts';
import { kernelUnlock, tryKernelLock } from './kernel-lock.ts';

/** The right to write to a folder; the kernel takes it back when the process ends, however it ends. */
export interface FolderLock {
  /** Whether the file system has no locks, so that it is a file which Cairn alone heeds: see `claim-folder.ts`. */
  isClaim: boolean;
  release(): Promise<void>;
}

export interface LockRequest {
  /** What is locked, for people: `the run`. */
  what: string;
  command: string;
  /** Milliseconds. */
  wait: number;
  /** Whether others that share it may hold it at the same time. */
  shared?: boolean;
  /** Permission bits of the lock's file; without, only its owner can take the lock. */
  mode?: number;
}

const flags = constants.O_RDWR | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0);
const tryEvery = 50;

/** Who writes to a run, for messages and the log: `USER@HOST, process PID`. */
export function whoAmI(): string {
  let user = 'someone';
  try {
    user = userInfo().username;
  } catch {
    // A user without an entry in the system's list has no name.
  }
  return `${user}@${hostname()}, process ${process.pid}`;
}

/**
 * Waits for the lock of a run.
 * @param folder the run's own folder, which is there
 * @param wait milliseconds
 * @throws ModelManagerError that names the holder when it is not free in time
 */
export function lockRun(folder: string, command: string, wait: number): Promise<FolderLock> {
  return lockFolder(folder, { what: 'the run', command, wait });
}

/**
 * Waits for the lock of a folder. What is written into the file is for people, and of several that share the lock it names one;
 * only the kernel decides who holds it, and where it has no locks for that file system, claims.
 * @throws ModelManagerError that names the holder when it is not free in time
 */
export async function lockFolder(folder: string, request: LockRequest): Promise<FolderLock> {
  const until = Date.now() + request.wait;
  try {
    return await lockByKernel(folder, request, until);
  } catch (error) {
    if (cannotLock(error)) return lockByClaim(folder, request, until);
    throw error;
  }
}

async function lockByKernel(folder: string, request: LockRequest, until: number): Promise<FolderLock> {
  const file = await takeLock(folder, request, until);
  await nameHolder(file, request.command).catch(() => undefined);
  return {
    isClaim: false,
    // What was done under it is done: whatever fails here, the kernel frees it when the file is closed.
    release: async () => {
      await file.truncate(0).catch(() => undefined);
      tryUnlock(file.fd);
      await file.close().catch(() => undefined);
    },
  };
}

/** Those that wait look at different times, so that none is always too early. */
async function lockByClaim(
  folder: string,
  { what, command, shared = false }: LockRequest,
  until: number,
): Promise<FolderLock> {
  for (;;) {
    const name = await tryClaim(folder, shared, holderText(command));
    if (name !== null) return { isClaim: true, release: () => dropClaim(folder, name) };
    if (Date.now() >= until) throw await claimedByAnother(folder, what, shared);
    await sleep(Math.min(tryEvery * (0.5 + Math.random()), Math.max(1, until - Date.now())));
  }
}

async function claimedByAnother(folder: string, what: string, shared: boolean): Promise<RunIsLockedError> {
  const { path, text } = (await readClaim(folder, shared)) ?? { path: `${folder}/lock`, text: '' };
  return new RunIsLockedError(
    `${what} is locked — ${holder(text)} is writing to it — wait until that is done, or --wait longer; if that process has ended, delete ${escapeName(path, 400)}`,
    { path },
  );
}

/** A full disk has no room for it. */
async function nameHolder(file: FileHandle, command: string): Promise<void> {
  await file.truncate(0);
  await file.write(holderText(command), 0);
}

/** What stands in the file of a lock that this process takes now. */
export function holderText(command: string): string {
  return JSON.stringify({ who: whoAmI(), command, since: new Date().toISOString() });
}

/** Whether a text is what stands in the file of a lock: nothing, or who holds it, as far as the disk kept that. */
export function isTextOfHolder(text: string): boolean {
  const [start, kept] = ['{"who":', text.replaceAll('\0', '')];
  return kept.startsWith(start) || start.startsWith(kept);
}

function tryUnlock(file: number): void {
  try {
    kernelUnlock(file);
  } catch {
    // Closing frees it too.
  }
}

/** A lock of a file that lost its name meanwhile keeps nobody out: the next to come makes another one. */
async function takeLock(folder: string, request: LockRequest, until: number): Promise<FileHandle> {
  const path = `${folder}/lock`;
  for (;;) {
    const file = await openIn(folder);
    try {
      await waitFor(file, path, request, until);
      if (hasName(await file.stat(), path)) return file;
    } catch (error) {
      await file.close();
      throw error;
    }
    await file.close();
  }
}

/**
 * The file that has the name is the one that is locked, or another is tried: a link that takes the folder's place meanwhile leads nowhere.
 * @throws ModelManagerError where something else than a file has its name
 */
async function openIn(folder: string): Promise<FileHandle> {
  return inHeldFolder(folder, folder, (held) => {
    assertFileOrNothing(`${held}/lock`, `${folder}/lock`);
    return open(`${held}/lock`, flags, 0o600);
  });
}

function assertFileOrNothing(path: string, shown: string): void {
  const look = tryLookAt(path);
  if (look === null || look instanceof Error || look.type === 'file') return;
  throw new ModelManagerError(
    `nothing can be written — ${escapeName(shown, 400)} is no regular file, so it cannot be locked — move it away: Cairn makes a new one`,
    { path: shown },
  );
}

async function waitFor(
  file: FileHandle,
  path: string,
  { what, shared = false, mode }: LockRequest,
  until: number,
): Promise<void> {
  // Another's file has its mode already.
  if (mode !== undefined) await file.chmod(mode).catch(() => undefined);
  while (!tryKernelLock(file.fd, shared)) {
    if (Date.now() >= until) throw await heldByAnother(what, path, file);
    await sleep(Math.min(tryEvery, Math.max(1, until - Date.now())));
  }
}

function hasName({ dev, ino }: Stats, path: string): boolean {
  const named = lookAt(path);
  return named?.ino === ino && named.dev === dev;
}

async function heldByAnother(what: string, path: string, file: FileHandle): Promise<RunIsLockedError> {
  const told = holder(await file.readFile('utf8'));
  const id = findKernelHolder(await file.stat());
  // What stands in the file may be of one who held it before.
  const by = id === null || new RegExp(`process ${id}\\b`).test(told) ? told : nameProcess(id);
  return lockedBy(what, by, path);
}

/** @param what is locked, for people @param by who holds it, as {@link holder} tells it */
export function lockedBy(what: string, by: string, path: string): RunIsLockedError {
  return new RunIsLockedError(
    `${what} is locked — ${by} is writing to it — wait until that is done, or --wait longer`,
    { path },
  );
}

/** Who holds a lock, by the text in its file. */
export function holder(text: string): string {
  try {
    const { who, command, since } = JSON.parse(text) as Record<string, unknown>;
    return escapeName(`${String(command)} of ${String(who)}, since ${String(since)},`, 300);
  } catch {
    return 'another program';
  }
}
