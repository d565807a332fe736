import type { Worker } from 'node:worker_threads';
import { bareIntegrity } from '../../../shared/model/integrity.ts';
import { readingThreads } from '../workers/reading-threads.ts';
import { keepSpare, takeWorker } from '../workers/spare-workers.ts';
import type { FileLook } from './look-into-file.ts';
import type { Claim, LookClaim, Verification } from './verification.ts';

export type WorkerRequest =
  | { type: 'verify'; claim: Claim }
  | { type: 'look'; claim: LookClaim }
  | { type: 'cancel' };
export type WorkerReply =
  | { type: 'progress'; bytes: number }
  | { type: 'done'; result: Verification | FileLook }
  | { type: 'failed'; cancelled: boolean; message: string };

export interface PoolOptions {
  /** Worker threads at most; by default as many as a person chose. */
  jobs?: number;
  signal?: AbortSignal;
  onBytes?: (bytes: number) => void;
  /** Whether more is to follow soon: threads then wait for it, until they are ended. */
  isMoreDue?: boolean;
}

/** Re-reads every byte of these files in worker threads; results come as they are ready. @throws the signal's reason */
export async function verifyFiles(
  claims: readonly Claim[],
  onResult: (verification: Verification) => void,
  options: PoolOptions = {},
): Promise<void> {
  await eachInWorkers('verify', claims, options, (claim, result) => {
    onResult((result as Verification | null) ?? crashed(claim));
  });
}

/** Looks into these files without reading them whole; results come as they are ready. @throws the signal's reason */
export async function lookIntoFiles(
  claims: readonly LookClaim[],
  onLook: (claim: LookClaim, look: FileLook) => void,
  options: PoolOptions = {},
): Promise<void> {
  await eachInWorkers('look', claims, options, (claim, result) => {
    onLook(claim, (result as FileLook | null) ?? crashedLook(claim));
  });
}

type Work = WorkerRequest['type'] & ('verify' | 'look');
/** The result is null where the thread crashed. */
type OnDone<C> = (claim: C, result: Verification | FileLook | null) => void;

async function eachInWorkers<C extends Claim>(
  work: Work,
  claims: readonly C[],
  options: PoolOptions,
  onDone: OnDone<C>,
): Promise<void> {
  const queue = claimsUntil(claims, options.signal);
  const jobs = readingThreads(claims.length, options.jobs);
  await Promise.all(Array.from({ length: jobs }, () => drain(work, queue, options, onDone)));
  options.signal?.throwIfAborted();
}

function* claimsUntil<C>(claims: readonly C[], signal: AbortSignal | undefined): Generator<C> {
  for (const claim of claims) {
    if (signal?.aborted) return;
    yield claim;
  }
}

/** Takes claims until none is left. A worker that crashes costs its file a result, no more. */
async function drain<C extends Claim>(
  work: Work,
  claims: Iterable<C>,
  options: PoolOptions,
  onDone: OnDone<C>,
): Promise<void> {
  let worker: Worker | null = null;
  for (const claim of claims) {
    worker ??= takeWorker('integrity-worker');
    const outcome = await runOne(worker, { type: work, claim } as WorkerRequest, options);
    if (outcome === 'crashed') worker = await retire(worker);
    if (outcome !== 'cancelled') onDone(claim, outcome === 'crashed' ? null : outcome);
  }
  await release(worker, options);
}

async function release(worker: Worker | null, { isMoreDue = false }: PoolOptions): Promise<void> {
  if (!worker) return;
  if (isMoreDue) keepSpare('integrity-worker', worker);
  else await worker.terminate();
}

async function retire(worker: Worker): Promise<null> {
  await worker.terminate();
  return null;
}

type Outcome = Verification | FileLook | 'cancelled' | 'crashed';

function runOne(worker: Worker, request: WorkerRequest, { signal, onBytes }: PoolOptions): Promise<Outcome> {
  return new Promise((resolve) => {
    const cancel = () => worker.postMessage({ type: 'cancel' } satisfies WorkerRequest);
    const crash = () => finish('crashed');
    const listen = (reply: WorkerReply) => {
      if (reply.type === 'progress') onBytes?.(reply.bytes);
      else finish(outcomeOf(reply));
    };
    const finish = (outcome: Outcome) => {
      signal?.removeEventListener('abort', cancel);
      worker.off('message', listen).off('error', crash).off('exit', crash);
      resolve(outcome);
    };
    worker.on('message', listen).on('error', crash).on('exit', crash);
    signal?.addEventListener('abort', cancel, { once: true });
    worker.postMessage(request);
  });
}

function outcomeOf(reply: Exclude<WorkerReply, { type: 'progress' }>): Outcome {
  if (reply.type === 'done') return reply.result;
  return reply.cancelled ? 'cancelled' : 'crashed';
}

function crashed(claim: Claim): Verification {
  const integrity = bareIntegrity('unreadable', 'the thread that was reading it stopped: verify it again');
  return {
    id: claim.id,
    identity: null,
    recorded: claim.expected,
    integrity: { ...integrity, expected: claim.expected },
  };
}

function crashedLook({ isBare }: LookClaim): FileLook {
  const problems = ['its own record was not read: the thread that was reading it stopped'];
  return { fault: null, own: isBare ? { metadata: null, problems } : null };
}
