import {
  closeSync,
  constants,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { explainError } from '../files/error-code.ts';
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
const flags = constants.O_RDWR | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** @throws JobFailure */
export function makeWorkplace(): Workplace {
  try {
    const outer = mkdtempSync(join(realpathSync(tmpdir()), `cairn-job-${hostName}-${process.pid}-`));
    try {
      return makeIn(outer);
    } catch (error) {
      rmSync(outer, { recursive: true, force: true });
      throw error;
    }
  } catch (error) {
    throw new JobFailure(`it has no folder to work in: ${explainError(error)}`);
  }
}

function makeIn(outer: string): Workplace {
  const folder = join(outer, 'work');
  mkdirSync(folder);
  const lock = openSync(join(outer, lockName), flags | constants.O_CREAT | constants.O_EXCL, 0o600);
  try {
    tryKernelLock(lock, false);
  } catch {
    // Where nothing can be locked nobody else can either: none takes it for abandoned.
  }
  return { folder, remove: () => removeLocked(outer, lock) };
}

/** Ends and removes what is left of jobs whose Cairn, on this machine and of this user, was killed. What cannot be removed stays. */
export async function sweepWorkplaces(): Promise<void> {
  for (const outer of workplacesNow()) {
    const lock = lockAbandoned(outer);
    if (lock === null) continue;
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
  try {
    if (tryKernelLock(file, false)) return file;
  } catch {
    // Where nothing can be locked nobody can tell.
  }
  closeSync(file);
  return null;
}
