import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { workerUrl } from './worker-url.ts';

const spares = new Map<string, Worker[]>();

/** Starts threads that will be wanted soon, one per core; they hold up nobody's end. */
export function startSpareWorkers(name: string): void {
  const workers = Array.from({ length: availableParallelism() }, () => new Worker(workerUrl(name)));
  for (const worker of workers) worker.unref();
  spares.set(name, workers);
}

/** A thread that runs this worker: a spare one, else a new one. */
export function takeWorker(name: string): Worker {
  const worker = spares.get(name)?.pop();
  if (!worker) return new Worker(workerUrl(name));
  worker.ref();
  return worker;
}
