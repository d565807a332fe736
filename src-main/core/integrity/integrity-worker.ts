import { parentPort } from 'node:worker_threads';
import type { WorkerReply, WorkerRequest } from './integrity-pool.ts';
import { verifyFile, whileHeld } from './verify-file.ts';

/** How often a running file tells how far it is, in milliseconds. */
const progressEvery = 100;
let current = new AbortController();

parentPort?.on('message', (request: WorkerRequest) => {
  if (request.type === 'cancel') current.abort();
  else void answer(request);
});

async function answer(request: Exclude<WorkerRequest, { type: 'cancel' }>): Promise<void> {
  current = new AbortController();
  try {
    reply({ type: 'done', result: await work(request) });
  } catch (error) {
    reply({ type: 'failed', cancelled: current.signal.aborted, message: String(error) });
  }
}

async function work(request: Exclude<WorkerRequest, { type: 'cancel' }>) {
  if (request.type === 'look') {
    // Most threads only verify: they start sooner without what reads records.
    const { lookIntoFile } = await import('./look-into-file.ts');
    return lookIntoFile(request.claim);
  }
  const report = throttledBytes();
  const verification = await verifyFile(request.claim, { signal: current.signal, onBytes: report.add });
  report.flush();
  return whileHeld(verification, request.claim);
}

function throttledBytes() {
  let pending = 0;
  let told = Date.now();
  const flush = () => {
    if (pending > 0) reply({ type: 'progress', bytes: pending });
    pending = 0;
    told = Date.now();
  };
  const add = (bytes: number) => {
    pending += bytes;
    if (Date.now() - told >= progressEvery) flush();
  };
  return { add, flush };
}

function reply(message: WorkerReply): void {
  parentPort?.postMessage(message);
}
