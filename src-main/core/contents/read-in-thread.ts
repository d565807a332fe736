import type { Worker } from 'node:worker_threads';
import type { OptimizerView } from '../../../shared/model/optimizer-view.ts';
import { ModelManagerError } from '../errors.ts';
import type { Contents } from '../formats/contents.ts';
import { emptyContents } from '../formats/empty-contents.ts';
import type { Source } from '../formats/source.ts';
import { askWorker, Stopped } from '../workers/ask-worker.ts';
import { endSpareWorkers, keepSpare, takeWorker } from '../workers/spare-workers.ts';
import { type ReadingLimits, usualLimits } from '../workers/worker-limits.ts';
import { type CarriedContents, receiveContents } from './carry-contents.ts';

/** A file that is open, for a thread that shares the descriptor. */
export interface OpenFile {
  name: string;
  size: number;
  descriptor: number;
}

export type ContentsReply =
  | { contents: CarriedContents; optimizer: OptimizerView | null; bytesRead: number }
  | { failure: string };

export interface ReadContents {
  contents: Contents;
  optimizer: OptimizerView | null;
  bytesRead: number;
}

/** Ends the threads that wait for more files. */
export function endReading(memory = usualLimits.memory): Promise<void> {
  return endSpareWorkers('contents-worker', memory);
}

/**
 * Reads a file's contents in a thread of its own: whatever the file holds, it costs that thread and no more. Reaching a
 * limit is told as a problem of the file. @throws the signal's reason, and ModelManagerError when the file cannot be read
 */
export async function readInThread(file: Source, limits: ReadingLimits = usualLimits): Promise<ReadContents> {
  limits.signal?.throwIfAborted();
  if (!file.place) throw new RangeError('only an open file can be read in a thread of its own');
  const worker = takeWorker('contents-worker', limits.memory);
  const { name, size, place } = file;
  const reply = await ask(worker, { name, size, descriptor: place.descriptor }, limits);
  await release(worker, limits, reply);
  limits.signal?.throwIfAborted();
  if (reply instanceof Stopped) {
    return { contents: emptyContents('unknown', [`reading it ${reply.why}`]), optimizer: null, bytesRead: 0 };
  }
  if ('failure' in reply) {
    throw new ModelManagerError(`cannot read ${name} — ${reply.failure} — mend that and try again`);
  }
  return { ...reply, contents: receiveContents(reply.contents, file) };
}

/** The worker's reply, or why there is none. */
async function ask(
  worker: Worker,
  file: OpenFile,
  { time, signal }: ReadingLimits,
): Promise<ContentsReply | Stopped> {
  const stop = () => void worker.terminate();
  try {
    signal?.addEventListener('abort', stop);
    return await askWorker(worker, file, time, (message: ContentsReply) => message);
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}

async function release(
  worker: Worker,
  { memory, signal, isMoreDue }: ReadingLimits,
  reply: ContentsReply | Stopped,
): Promise<void> {
  if (isMoreDue && !(reply instanceof Stopped) && !signal?.aborted) {
    keepSpare('contents-worker', worker, memory);
  } else await worker.terminate();
}
