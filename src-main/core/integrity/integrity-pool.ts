import { availableParallelism } from 'node:os';
import type { Worker } from 'node:worker_threads';
import { bareIntegrity, type Integrity } from '../../../shared/model/integrity.ts';
import { takeWorker } from '../workers/spare-workers.ts';
import type { Claim, Verification } from './verification.ts';

export type WorkerRequest =
  | { type: 'verify'; claim: Claim }
  | { type: 'structure'; claim: Claim }
  | { type: 'cancel' };
export type WorkerReply =
  | { type: 'progress'; bytes: number }
  | { type: 'done'; result: Verification | Integrity | null }
  | { type: 'failed'; cancelled: boolean; message: string };

export interface PoolOptions {
  /** Worker threads at most; by default one per core. */
  jobs?: number;
  signal?: AbortSignal;
  onBytes?: (bytes: number) => void;
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

/** Checks the structure alone, of every file; tells only of those that are torn or unreadable. @throws the signal's reason */
export async function checkStructures(
  claims: readonly Claim[],
  onBroken: (claim: Claim, integrity: Integrity) => void,
  options: PoolOptions = {},
): Promise<void> {
  await eachInWorkers('structure', claims, options, (claim, result) => {
    if (result) onBroken(claim, result as Integrity);
  });
}

type Work = 'verify' | 'structure';
type OnDone = (claim: Claim, result: Verification | Integrity | null) => void;

async function eachInWorkers(
  work: Work,
  claims: readonly Claim[],
  options: PoolOptions,
  onDone: OnDone,
): Promise<void> {
  const queue = claimsUntil(claims, options.signal);
  const jobs = Math.max(1, Math.min(options.jobs ?? availableParallelism(), claims.length));
  await Promise.all(Array.from({ length: jobs }, () => drain(work, queue, options, onDone)));
  options.signal?.throwIfAborted();
}

function* claimsUntil(claims: readonly Claim[], signal: AbortSignal | undefined): Generator<Claim> {
  for (const claim of claims) {
    if (signal?.aborted) return;
    yield claim;
  }
}

/** Takes claims until none is left. A worker that crashes costs its file a result, no more. */
async function drain(
  work: Work,
  claims: Iterable<Claim>,
  options: PoolOptions,
  onDone: OnDone,
): Promise<void> {
  let worker: Worker | null = null;
  for (const claim of claims) {
    worker ??= takeWorker('integrity-worker');
    const outcome = await runOne(worker, { type: work, claim }, options);
    if (outcome === 'crashed') worker = await retire(worker);
    if (outcome !== 'cancelled') onDone(claim, outcome === 'crashed' ? null : outcome);
  }
  await worker?.terminate();
}

async function retire(worker: Worker): Promise<null> {
  await worker.terminate();
  return null;
}

type Outcome = Verification | Integrity | null | 'cancelled' | 'crashed';

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
