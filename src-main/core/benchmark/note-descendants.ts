import { readdirSync, readFileSync } from 'node:fs';
import { startOf } from '../processes/process-stat.ts';
import type { JobMark } from './job-processes.ts';

/** Between two looks, in milliseconds; longer where one took long, so that those of all jobs take a tenth of the time at most. */
const lookEvery = 100;

/** Jobs that run, all of which are looked at in turn. */
const noted = new Set<JobMark>();
let isNoting = false;

/**
 * Notes who descends from the first process of a job while it runs: one that hides all else is known by that, also once its parents have
 * ended. What is orphaned before the next look is not seen.
 * @returns what ends it
 */
export function noteDescendants(mark: JobMark): () => void {
  if (mark.group === null || process.platform !== 'linux') return () => undefined;
  mark.seen.set(mark.group, mark.since);
  noteIn(mark);
  noted.add(mark);
  if (!isNoting) noteAfter(lookEvery);
  return () => {
    noted.delete(mark);
  };
}

function noteAll(): void {
  const began = performance.now();
  for (const mark of noted) noteIn(mark);
  if (noted.size > 0) noteAfter(Math.max(lookEvery, 10 * (performance.now() - began)));
  else isNoting = false;
}

function noteAfter(pause: number): void {
  isNoting = true;
  setTimeout(noteAll, pause).unref();
}

function noteIn({ seen }: JobMark): void {
  // Those that are added on the way get their turn too.
  for (const [pid, start] of seen) noteChildren(pid, start, seen);
}

function noteChildren(pid: number, start: number, seen: Map<number, number>): void {
  const children = childrenOf(pid);
  if (startOf(pid) !== start) seen.delete(pid);
  else
    for (const child of children) {
      const began = startOf(child);
      if (began !== null) seen.set(child, began);
    }
}

/** By the thread that has them, see `/proc/PID/task/TID/children` in proc(5). */
function childrenOf(pid: number): number[] {
  try {
    const threads = readdirSync(`/proc/${pid}/task`);
    const lists = threads.map((thread) => readFileSync(`/proc/${pid}/task/${thread}/children`, 'latin1'));
    return lists.flatMap((list) => list.split(' ').filter(Boolean).map(Number));
  } catch {
    // It has ended, or the kernel has no such lists.
    return [];
  }
}
