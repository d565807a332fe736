import {
  closeSync,
  constants,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  realpathSync,
  rmdirSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { errorCode, explainError } from '../files/error-code.ts';
import { inHeldFolder } from '../files/held-folder.ts';
import { removeFolder } from '../files/remove-folder.ts';
import { hostName } from '../files/stage-file.ts';
import { tryKernelLock } from '../lock/kernel-lock.ts';
import { JobFailure } from './job-failure.ts';
import { endProcesses } from './job-processes.ts';

/** A place for one program to work in. */
export interface Workplace {
  /** Absolute, new and empty. */
  folder: string;
  /** Removes it with all that is in it. What the program made so that it cannot be removed stays till the next sweep, or the system tidies that place. */
  remove: () => Promise<void>;
}

/** `cairn-job-HOST-PID-RANDOM`; the number is for people. */
const name = /^cairn-job-(.+)-\d+-\w{6}$/;
/** Beside the folder that is worked in. The kernel tells whether who made it lives: numbers of processes count within a container alone. */
const lockName = 'lock';
/** Times that it is tried to have a place which no sweep takes first. */
const attempts = 10;
/** So long a folder may be without a lock, in milliseconds: one that is being made has it at once. */
const bareFor = 3_600_000;
const flags = constants.O_RDWR | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** @throws JobFailure */
export function makeWorkplace(): Workplace {
  try {
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const made = tryToMake();
      if (made) return made;
    }
    throw new Error('others take whatever is made for it');
  } catch (error) {
    throw new JobFailure(`it has no folder to work in: ${explainError(error)}`);
  }
}

/** @returns null where a sweep came between the folder and its lock: that one removes it */
function tryToMake(): Workplace | null {
  const outer = mkdtempSync(join(realpathSync(tmpdir()), `cairn-job-${hostName}-${process.pid}-`));
  try {
    return makeIn(outer);
  } catch (error) {
    rmSync(outer, { recursive: true, force: true });
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

function makeIn(outer: string): Workplace | null {
  const lock = openSync(join(outer, lockName), flags | constants.O_CREAT | constants.O_EXCL, 0o600);
  try {
    // Where nothing can be locked nobody else can either: none takes it for abandoned.
    if (tryLock(lock) !== false) {
      const folder = join(outer, 'work');
      mkdirSync(folder);
      return { folder, remove: () => removeLocked(outer, lock) };
    }
  } catch (error) {
    closeSync(lock);
    throw error;
  }
  closeSync(lock);
  return null;
}

/** Ends and removes what is left of jobs whose Cairn, on this machine and of this user, was killed. What cannot be removed stays. */
export async function sweepWorkplaces(): Promise<void> {
  for (const outer of workplacesNow()) {
    const lock = lockAbandoned(outer);
    if (lock === null) {
      removeBare(outer);
      continue;
    }
    const mark = { folder: join(outer, 'work'), group: null, since: 0, before: null, seen: new Map() };
    await endProcesses(mark, 0);
    await removeLocked(outer, lock);
  }
}

async function removeLocked(outer: string, lock: number): Promise<void> {
  await removeFolder(outer, dirname(outer)).catch(() => undefined);
  closeSync(lock);
}

function workplacesNow(): string[] {
  try {
    const place = realpathSync(tmpdir());
    return readdirSync(place)
      .filter((each) => name.exec(each)?.[1] === hostName)
      .map((each) => join(place, each));
  } catch {
    return [];
  }
}

/** Its lock, open, where it is a folder of this user's alone and nobody holds that; else null. */
function lockAbandoned(outer: string): number | null {
  try {
    return inHeldFolder(outer, dirname(outer), (held) => {
      if (!isOwn(held)) return null;
      return lockFree(openSync(join(held, lockName), flags));
    });
  } catch {
    return null;
  }
}

function isOwn(folder: string): boolean {
  const { uid, mode } = statSync(folder);
  return process.getuid === undefined || (uid === process.getuid() && (mode & 0o777) === 0o700);
}

function lockFree(file: number): number | null {
  if (tryLock(file)) return file;
  closeSync(file);
  return null;
}

/** Whether it is ours now; null where nothing can be locked, so that nobody can tell whose it is. */
function tryLock(file: number): boolean | null {
  try {
    return tryKernelLock(file, false);
  } catch {
    return null;
  }
}

/** One that its Cairn was killed over before it had a lock, or after, has nothing in it. */
function removeBare(outer: string): void {
  try {
    inHeldFolder(outer, dirname(outer), (held) => {
      if (isOwn(held) && Date.now() - statSync(held).mtimeMs > bareFor) rmdirSync(outer);
    });
  } catch {
    // It is gone, or has something in it.
  }
}
