import type { Worker } from 'node:worker_threads';
import type { OptimizerView } from '../../../shared/model/optimizer-view.ts';
import { ModelManagerError } from '../errors.ts';
import type { Contents } from '../formats/contents.ts';
import { emptyContents } from '../formats/empty-contents.ts';
import type { Source } from '../formats/source.ts';
import { askWorker, Stopped } from '../workers/ask-worker.ts';
import { takeWorker } from '../workers/spare-workers.ts';
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

/** A thread that goes on from one file to the next, until one costs it, or it is closed. */
export class ReadingThread {
  #idle: Worker | null = null;

  /** The one that is idle, else a new one. */
  take(memory: number): Worker {
    const worker = this.#idle?.off('error', this.#forget).off('exit', this.#forget);
    this.#idle = null;
    return worker ?? takeWorker('contents-worker', memory);
  }

  /** It may fail, or end, while nobody asks it anything. */
  keep(worker: Worker): void {
    this.#idle = worker.on('error', this.#forget).on('exit', this.#forget);
  }

  async close(): Promise<void> {
    await this.#idle?.terminate();
  }

  readonly #forget = (): void => {
    this.#idle = null;
  };
}

/** `thread`: in place of one for this file alone; it always reads with the same limit of memory. */
export interface ThreadLimits extends ReadingLimits {
  thread?: ReadingThread;
}

/**
 * Reads a file's contents in a thread of its own: whatever the file holds, it costs that thread and no more. Reaching a
 * limit is told as a problem of the file. @throws the signal's reason, and ModelManagerError when the file cannot be read
 */
export async function readInThread(file: Source, limits: ThreadLimits = usualLimits): Promise<ReadContents> {
  limits.signal?.throwIfAborted();
  if (!file.place) throw new RangeError('only an open file can be read in a thread of its own');
  const worker = limits.thread?.take(limits.memory) ?? takeWorker('contents-worker', limits.memory);
  const { name, size, place } = file;
  const reply = await ask(worker, { name, size, descriptor: place.descriptor }, limits);
  await release(worker, limits, reply);
  limits.signal?.throwIfAborted();
  if (reply instanceof Stopped) {
    return { contents: emptyContents('unknown', [`reading it ${reply.why}`]), optimizer: null, bytesRead: 0 };
  }
  if ('failure' in reply) {
    throw new ModelManagerError(`cannot read ${name} — ${reply.failure} — fix that and try again`);
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
  { signal, thread }: ThreadLimits,
  reply: ContentsReply | Stopped,
): Promise<void> {
  if (thread && !(reply instanceof Stopped) && !signal?.aborted) thread.keep(worker);
  else await worker.terminate();
}
