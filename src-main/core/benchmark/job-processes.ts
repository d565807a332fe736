import { spawnSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { namesThere } from '../files/names-there.ts';
import { isRunning, type ProcessStat, statOf } from '../processes/process-stat.ts';

/** The environment variable by which every process of a job is known: children inherit it, whatever group or session they go to. */
export const jobVariable = 'CAIRN_JOB';

/** What the processes of a job have, one or another. */
export interface JobMark {
  /** They work in it, and it is what the variable says. */
  folder: string;
  /** The number of the first process, which leads their group and session; null where it is not known. */
  group: number | null;
  /** When that one began, in the system's ticks since it started; what is older is not of the job. */
  since: number;
  /** Who was there before it; null where that is not known. */
  before: Before | null;
  /** Who was seen to descend from the first, by number, and when each began. */
  seen: Map<number, number>;
}

/** Names in `/proc`, and when they were read, by `performance.now()`. */
interface Before {
  names: ReadonlySet<string>;
  at: number;
}

/** How long to wait between two looks, in milliseconds. */
const lookEvery = 25;
/** So long no number of a process is given to another, in milliseconds: most systems have four million of them, the others 32,768. */
const numbersStayFor = 30_000;
/** So long processes are killed again that do not go, in milliseconds: longer than the kernel takes for whatever can be killed. */
const killFor = 5000;

/**
 * Ends every process of a job: asked to first, killed where they take longer than `grace` milliseconds.
 * @returns the numbers of those that cannot be ended
 */
export async function endProcesses(mark: JobMark, grace: number): Promise<number[]> {
  const left = await signalUntilGone(mark, 'SIGTERM', grace, false);
  return left.length === 0 ? [] : signalUntilGone(mark, 'SIGKILL', killFor, true);
}

/** Kills what is known of a job at once, without waiting: for when this program itself ends. */
export function killGroup({ group }: JobMark): void {
  if (group !== null) signalGroup(group, 'SIGKILL');
}

/** Who is there now. */
export function processesNow(): Before {
  return { names: new Set(namesThere('/proc')), at: performance.now() };
}

/** @param again whether those that come meanwhile are signalled too: children of who forks faster than it dies */
async function signalUntilGone(
  mark: JobMark,
  signal: NodeJS.Signals,
  patience: number,
  again: boolean,
): Promise<number[]> {
  const until = performance.now() + patience;
  let left = processesOf(mark);
  signalAll(mark, left, signal);
  while (left.length > 0 && performance.now() < until) {
    await wait(lookEvery);
    left = processesOf(mark);
    if (again) signalAll(mark, left, signal);
  }
  return left;
}

/** A group is signalled at once, and then nothing of it can have forked in between. */
function signalAll({ group }: JobMark, pids: readonly number[], signal: NodeJS.Signals): void {
  if (pids.length > 0 && group !== null) signalGroup(group, signal);
  for (const pid of pids) send(pid, signal);
}

function signalGroup(group: number, signal: NodeJS.Signals): void {
  if (process.platform === 'win32') spawnSync('taskkill', ['/pid', `${group}`, '/t', '/f']);
  else send(-group, signal);
}

/** @returns whether there was anything to send it to */
function send(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

/** The live processes of a job. Without `/proc`, its group alone. */
function processesOf(mark: JobMark): number[] {
  if (process.platform !== 'linux') return mark.group !== null && send(-mark.group, 0) ? [mark.group] : [];
  const young = youngNames(mark.before).flatMap((name) => {
    const stat = statOf(Number(name));
    return stat && stat.start >= mark.since && isRunning(stat) ? [stat] : [];
  });
  const own = new Set(young.filter((stat) => isOf(stat, mark)).map(({ pid }) => pid));
  // One that hid all of that is still the child of one that did not. A child has a higher number than its parent but where they wrap.
  for (const { pid, parent } of young) if (own.has(parent)) own.add(pid);
  return [...own];
}

/** Of a short job only what came since it began need be looked at: there may be hundreds of others. */
function youngNames(before: Before | null): string[] {
  const isShort = before !== null && performance.now() - before.at < numbersStayFor;
  return namesThere('/proc').filter((name) => isOther(name) && !(isShort && before.names.has(name)));
}

function isOther(name: string): boolean {
  return /^\d+$/.test(name) && Number(name) !== process.pid;
}

function isOf({ pid, group, session, start }: ProcessStat, { group: own, folder, seen }: JobMark): boolean {
  if (group === own || session === own || seen.get(pid) === start) return true;
  return hasVariable(pid, folder) || isInside(pid, folder);
}

function hasVariable(pid: number, value: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`${jobVariable}=${value}\0`);
  } catch {
    return false;
  }
}

function isInside(pid: number, folder: string): boolean {
  try {
    const at = readlinkSync(`/proc/${pid}/cwd`);
    return at === folder || at.startsWith(`${folder}/`);
  } catch {
    return false;
  }
}
