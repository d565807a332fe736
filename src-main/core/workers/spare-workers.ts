import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { workerUrl } from './worker-url.ts';

/** In MB of its heap; without it a thread may take as much as the process. */
type Memory = number | undefined;

const spares = new Map<string, Worker[]>();

/** Starts threads that will be wanted soon, unless told otherwise one per core; they hold up nobody's end. */
export function startSpareWorkers(name: string, count = availableParallelism(), memory?: Memory): void {
  const workers = Array.from({ length: count }, () => startWorker(name, memory));
  for (const worker of workers) worker.unref();
  spares.set(keyOf(name, memory), workers);
}

/** A thread that runs this worker: a spare one that may take as much, else a new one. */
export function takeWorker(name: string, memory?: Memory): Worker {
  const worker = spares.get(keyOf(name, memory))?.pop();
  if (!worker) return startWorker(name, memory);
  worker.ref();
  return worker;
}

function startWorker(name: string, memory: Memory): Worker {
  return new Worker(
    workerUrl(name),
    memory === undefined ? {} : { resourceLimits: { maxOldGenerationSizeMb: memory } },
  );
}

const keyOf = (name: string, memory: Memory): string => `${name} ${memory}`;
