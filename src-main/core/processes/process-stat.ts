import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** A process as Linux tells of it; `start` in the system's ticks since it started. */
export interface ProcessStat {
  pid: number;
  state: string;
  parent: number;
  group: number;
  session: number;
  start: number;
}

/** `/proc/PID/stat`, see proc(5): the name is in parentheses and may hold any character. Null where there is none. */
export function statOf(pid: number): ProcessStat | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const [state = '', ...fields] = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const [parent = 0, group = 0, session = 0] = fields.map(Number);
    return { pid, state, parent, group, session, start: Number(fields[18]) };
  } catch {
    return null;
  }
}

/** When a process began, in ticks; null where the system does not tell. */
export function startOf(pid: number): number | null {
  return statOf(pid)?.start ?? null;
}

/** One that has ended stays in the list until its parent asked for it. */
export function isRunning({ state }: ProcessStat): boolean {
  return state !== 'Z' && state !== 'X';
}

/**
 * What tells a process, in 8 figures, from those that had its number before, since the machine started or earlier; null where there is none, or
 * the system does not tell.
 */
export function markOf(pid: number): string | null {
  const start = startOf(pid);
  const boot = start === null ? null : bootId();
  return boot === null ? null : createHash('sha256').update(`${boot} ${start}`).digest('hex').slice(0, 8);
}

function bootId(): string | null {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
  } catch {
    return null;
  }
}
