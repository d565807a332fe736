import { parentPort } from 'node:worker_threads';
import { toFailure } from '../errors.ts';
import { realDisk } from '../files/disk.ts';
import { foreseeAnew, writeAnew } from './write-anew.ts';
import type { AnewReply, AnewRequest } from './write-anew-in-thread.ts';

/** How often it is told how far it is, in milliseconds: a disk may take its time for what is written, and yet it goes on. */
const tellEvery = 100;
const stop = new AbortController();

parentPort?.on('message', (request: AnewRequest | 'cancel') => {
  if (request === 'cancel') stop.abort(new Error('it was cancelled'));
  else void answer(request);
});

async function answer(request: AnewRequest): Promise<void> {
  let pending = 0;
  const tell = () => {
    reply({ type: 'progress', bytes: pending });
    pending = 0;
  };
  const timer = setInterval(tell, tellEvery);
  const onBytes = (bytes: number) => {
    pending += bytes;
  };
  try {
    const result = await work(request, { signal: stop.signal, onBytes });
    tell();
    reply({ type: 'done', result });
  } catch (error) {
    reply({ type: 'failed', failure: toFailure(error) });
  } finally {
    clearInterval(timer);
  }
}

function work(request: AnewRequest, following: { signal: AbortSignal; onBytes: (bytes: number) => void }) {
  const { path, anew } = request;
  return 'out' in request
    ? writeAnew(realDisk, path, request.out, anew, following)
    : foreseeAnew(path, request.ending, anew, following);
}

function reply(message: AnewReply): void {
  parentPort?.postMessage(message);
}
