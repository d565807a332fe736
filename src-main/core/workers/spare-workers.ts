import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { workerUrl } from './worker-url.ts';

/** In MB of its heap; without it a thread may take as much as the process. */
type Memory = number | undefined;

/** Threads of one kind that wait for work, how many more are to be started, and whether they are seen to before they are wanted. */
interface Spares {
  waiting: Worker[];
  due: number;
  isForeseen: boolean;
}

const spares = new Map<string, Spares>();

/** Sees to it that so many threads wait for what will be wanted soon, unless told otherwise one per core; they hold up nobody's end. */
export function startSpareWorkers(name: string, count = availableParallelism(), memory?: Memory): void {
  const kind = kindOf(name, memory);
  kind.isForeseen = true;
  if (kind.due > 0) return;
  kind.due = Math.max(0, count - kind.waiting.length);
  startNext(kind, name, memory);
}

/** One after another: all at once they hold up the program that is to give them work, by 20 ms on two cores. */
function startNext(kind: Spares, name: string, memory: Memory): void {
  if (kind.due === 0) return;
  kind.due -= 1;
  const worker = startWorker(name, memory);
  worker.once('online', () => startNext(kind, name, memory));
  addWaiting(kind, worker);
}

/** What is done when a thread ends that waits. */
const forgetting = new WeakMap<Worker, () => void>();

/** One that fails or ends while nobody asks it anything is not handed out any more. */
function addWaiting(kind: Spares, worker: Worker): void {
  const forget = () => {
    kind.waiting = kind.waiting.filter((each) => each !== worker);
  };
  forgetting.set(worker, forget);
  worker.on('error', forget).on('exit', forget).unref();
  kind.waiting.push(worker);
}

/** A thread that runs this worker: a spare one that may take as much, else a new one. */
export function takeWorker(name: string, memory?: Memory): Worker {
  const kind = spares.get(keyOf(name, memory));
  const worker = kind?.waiting.shift();
  if (worker) {
    const forget = forgetting.get(worker);
    if (forget) worker.off('error', forget).off('exit', forget);
    worker.ref();
    return worker;
  }
  if (kind && kind.due > 0) kind.due -= 1;
  return startWorker(name, memory);
}

/** Lets a thread that is idle wait for more work; it holds up nobody's end. */
export function keepSpare(name: string, worker: Worker, memory?: Memory): void {
  addWaiting(kindOf(name, memory), worker);
}

/** Whether {@link startSpareWorkers} saw to such threads: then one that is idle is worth keeping. */
export function areForeseen(name: string, memory?: Memory): boolean {
  return spares.get(keyOf(name, memory))?.isForeseen ?? false;
}

/** Ends the threads that wait for work of this name. */
export async function endSpareWorkers(name: string, memory?: Memory): Promise<void> {
  const waiting = spares.get(keyOf(name, memory))?.waiting.splice(0) ?? [];
  await Promise.all(waiting.map((worker) => worker.terminate()));
}

/** In MB, for threads whose memory has a limit: what they describe is kept, so that room for what is not would only come on top. */
const youngGeneration = 4;

function startWorker(name: string, memory: Memory): Worker {
  const resourceLimits =
    memory === undefined ? {} : { maxOldGenerationSizeMb: memory, maxYoungGenerationSizeMb: youngGeneration };
  return new Worker(workerUrl(name), { resourceLimits });
}

function kindOf(name: string, memory: Memory): Spares {
  const key = keyOf(name, memory);
  const kind = spares.get(key) ?? { waiting: [], due: 0, isForeseen: false };
  spares.set(key, kind);
  return kind;
}

const keyOf = (name: string, memory: Memory): string => `${name} ${memory}`;
