import type { Worker } from 'node:worker_threads';
import { explainError } from '../files/error-code.ts';
import type { StorageBytes } from '../formats/contents.ts';
import { readingThreads } from '../workers/reading-threads.ts';
import { takeWorker } from '../workers/spare-workers.ts';
import { cannotRead } from './cannot-read.ts';
import type { ReadPiece } from './noted-reading.ts';
import {
  type CompareResult,
  type CompareShare,
  type DoneShare,
  doShare,
  type MeasureResult,
  type MeasureShare,
  type PlacedShare,
  placeShare,
  type Share,
  type ShareResult,
  storagesOf,
} from './shares.ts';

/** What a thread says of the shares it was sent: all their results in order, or why there are none. */
export type WorkerReply = { results: readonly DoneShare[] } | { failure: string };

export interface WorkOptions {
  /** Threads at most; by default as many as a person chose. */
  jobs?: number;
  signal?: AbortSignal;
  /** Bytes that have been worked through since the last call. */
  onBytes?: (bytes: number) => void;
  /** Bytes that were read are not those that are on record for them; told at the end, of tensors that are compared with the side they are on. */
  onDamaged?: (problem: string, side: 'a' | 'b') => void;
}

/** What was read of a storage on one side of the shares. */
export type OnRead = (side: number, storage: StorageBytes, piece: ReadPiece) => void;

/** Less than this is done before a thread has started. In bytes. */
const worthThreads = 24 * 1024 * 1024;
/** Sent to a thread at once. */
const batchLimit = { bytes: 16 * 1024 * 1024, shares: 500 };

/**
 * Does all shares, in threads where there is enough to do, and gives their results in the same order.
 * @throws the signal's reason, and ModelManagerError when the bytes cannot be read; no thread reads any more by then
 */
export function runShares(
  shares: readonly MeasureShare[],
  options: WorkOptions,
  onRead: OnRead,
): Promise<MeasureResult[]>;
export function runShares(
  shares: readonly CompareShare[],
  options: WorkOptions,
  onRead: OnRead,
): Promise<CompareResult[]>;
export async function runShares(
  shares: readonly Share[],
  options: WorkOptions,
  onRead: OnRead,
): Promise<ShareResult[]> {
  const placed = shares.map(placeShare);
  const bytes = shares.reduce((sum, share) => sum + share.bytes, 0);
  const isBig = bytes >= worthThreads && placed.every((share) => share !== null);
  const done = isBig ? await runInThreads(placed, options) : await runHere(shares, options);
  for (const [index, { read }] of done.entries()) tellRead(shares[index] as Share, read, onRead);
  tellUnreadable(done, options);
  return done.map(({ result }) => result);
}

function tellRead(share: Share, read: DoneShare['read'], onRead: OnRead): void {
  for (const [side, storage] of storagesOf(share).entries()) {
    const piece = read[side];
    if (piece) onRead(side, storage, piece);
  }
}

/** Each sentence once on a side: many tensors may be of one member. */
function tellUnreadable(done: readonly DoneShare[], { onDamaged }: WorkOptions): void {
  for (const [index, side] of (['a', 'b'] as const).entries())
    for (const problem of new Set(done.flatMap(({ damage }) => damage[index] ?? [])))
      onDamaged?.(problem, side);
}

async function runHere(shares: readonly Share[], { signal, onBytes }: WorkOptions): Promise<DoneShare[]> {
  const results: DoneShare[] = [];
  for (const share of shares) {
    signal?.throwIfAborted();
    results.push(await doReadable(share, signal));
    onBytes?.(share.bytes);
  }
  return results;
}

async function doReadable(share: Share, signal: AbortSignal | undefined): Promise<DoneShare> {
  try {
    return await doShare(share, signal);
  } catch (error) {
    signal?.throwIfAborted();
    throw cannotRead(error);
  }
}

interface Batch {
  first: number;
  bytes: number;
  shares: PlacedShare[];
}

async function runInThreads(shares: readonly PlacedShare[], options: WorkOptions): Promise<DoneShare[]> {
  const batches = batchesOf(shares);
  const queue = untilAborted(batches, options.signal);
  const results = new Array<DoneShare>(shares.length);
  const jobs = readingThreads(batches.length, options.jobs);
  const ends = await Promise.allSettled(
    Array.from({ length: jobs }, () =>
      drain(queue, (batch, done) => {
        for (const [index, result] of done.entries()) results[batch.first + index] = result;
        options.onBytes?.(batch.bytes);
      }),
    ),
  );
  options.signal?.throwIfAborted();
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  return results;
}

function* untilAborted(batches: readonly Batch[], signal: AbortSignal | undefined): Generator<Batch> {
  for (const batch of batches) {
    if (signal?.aborted) return;
    yield batch;
  }
}

/** Takes batches until none is left. A thread that fails ends the queue for the others too. */
async function drain(
  queue: Generator<Batch>,
  onDone: (batch: Batch, results: readonly DoneShare[]) => void,
): Promise<void> {
  const worker = takeWorker('tensor-worker');
  try {
    for (let next = queue.next(); !next.done; next = queue.next()) {
      onDone(next.value, await ask(worker, next.value.shares));
    }
  } finally {
    queue.return(undefined);
    await worker.terminate();
  }
}

function batchesOf(shares: readonly PlacedShare[]): Batch[] {
  const batches: Batch[] = [];
  for (const [index, share] of shares.entries()) {
    const last = batches.at(-1);
    const hasRoom = last && last.bytes < batchLimit.bytes && last.shares.length < batchLimit.shares;
    if (hasRoom) {
      last.shares.push(share);
      last.bytes += share.bytes;
    } else batches.push({ first: index, bytes: share.bytes, shares: [share] });
  }
  return batches;
}

function ask(worker: Worker, shares: readonly PlacedShare[]): Promise<readonly DoneShare[]> {
  return new Promise((resolve, reject) => {
    const settle = (reply: WorkerReply) => {
      worker.off('message', settle).off('error', fail).off('exit', stop);
      if ('failure' in reply) reject(cannotRead(reply.failure));
      else resolve(reply.results);
    };
    const fail = (error: unknown) => settle({ failure: explainError(error) });
    const stop = () => settle({ failure: 'the thread that was reading them stopped' });
    worker.on('message', settle).on('error', fail).on('exit', stop);
    worker.postMessage(shares);
  });
}
