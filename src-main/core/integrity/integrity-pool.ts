import type { Worker } from 'node:worker_threads';
import { bareIntegrity } from '../../../shared/model/integrity.ts';
import { askWorker, Stopped } from '../workers/ask-worker.ts';
import { readingThreads } from '../workers/reading-threads.ts';
import { areForeseen, endSpareWorkers, keepSpare, takeWorker } from '../workers/spare-workers.ts';
import { usualLimits, type WorkerLimits } from '../workers/worker-limits.ts';
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
  /** Whether more is to follow soon: threads then wait for it, until {@link endWaitingReaders}. */
  isMoreDue?: boolean;
  /** Of each thread; for tests. */
  limits?: WorkerLimits;
}

/** Who reads every byte waits for disks that take their time: one that has to start, or a server that does. */
const verifyLimits: WorkerLimits = { ...usualLimits, time: 120_000 };
/** So long a thread that was told to stop may take for it, in milliseconds. */
const patience = 2000;

/** Re-reads every byte of these files in worker threads; results come as they are ready. @throws the signal's reason */
export async function verifyFiles(
  claims: readonly Claim[],
  onResult: (verification: Verification) => void,
  options: PoolOptions = {},
): Promise<void> {
  await eachInWorkers('verify', claims, options, (claim, result) => {
    onResult(result instanceof Stopped ? crashed(claim, result) : (result as Verification));
  });
}

/** Looks into these files without reading them whole; results come as they are ready. @throws the signal's reason */
export async function lookIntoFiles(
  claims: readonly LookClaim[],
  onLook: (claim: LookClaim, look: FileLook) => void,
  options: PoolOptions = {},
): Promise<void> {
  await eachInWorkers('look', claims, options, (claim, result) => {
    onLook(claim, result instanceof Stopped ? crashedLook(claim, result) : (result as FileLook));
  });
}

/** Ends the threads that wait for more: to start one costs more than what most runs need of it. */
export function endWaitingReaders(): Promise<void> {
  return endSpareWorkers('integrity-worker', usualLimits.memory);
}

type Work = WorkerRequest['type'] & ('verify' | 'look');
type OnDone<C> = (claim: C, result: Verification | FileLook | Stopped) => void;

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

/** Takes claims until none is left. A worker that stops, or is stopped, costs its file a result, no more. */
async function drain<C extends Claim>(
  work: Work,
  claims: Iterable<C>,
  options: PoolOptions,
  onDone: OnDone<C>,
): Promise<void> {
  let worker: Worker | null = null;
  for (const claim of claims) {
    worker ??= takeWorker('integrity-worker', memoryOf(options));
    const outcome = await runOne(worker, { type: work, claim } as WorkerRequest, options);
    if (outcome instanceof Stopped) worker = retire(worker);
    if (!isCancelled(outcome, options)) onDone(claim, outcome);
  }
  await release(worker, options);
}

async function release(worker: Worker | null, options: PoolOptions): Promise<void> {
  if (!worker) return;
  const memory = memoryOf(options);
  if (options.isMoreDue || areForeseen('integrity-worker', memory))
    keepSpare('integrity-worker', worker, memory);
  else await worker.terminate();
}

/** One that hangs is not waited for. */
function retire(worker: Worker): null {
  void worker.terminate();
  return null;
}

function isCancelled(outcome: Outcome, { signal }: PoolOptions): outcome is 'cancelled' {
  return outcome === 'cancelled' || (outcome instanceof Stopped && signal?.aborted === true);
}

function memoryOf({ limits = usualLimits }: PoolOptions): number {
  return limits.memory;
}

type Outcome = Verification | FileLook | Stopped | 'cancelled';

async function runOne(
  worker: Worker,
  request: WorkerRequest,
  { signal, onBytes, limits }: PoolOptions,
): Promise<Outcome> {
  let hurry: NodeJS.Timeout | undefined;
  const cancel = () => {
    worker.postMessage({ type: 'cancel' } satisfies WorkerRequest);
    hurry = setTimeout(() => void worker.terminate(), patience);
  };
  signal?.addEventListener('abort', cancel, { once: true });
  const { time } = limits ?? usualLimitsOf(request);
  const outcome = await askWorker(worker, request, time, (reply: WorkerReply) => {
    if (reply.type !== 'progress') return outcomeOf(reply);
    onBytes?.(reply.bytes);
    return undefined;
  });
  signal?.removeEventListener('abort', cancel);
  clearTimeout(hurry);
  return outcome;
}

function usualLimitsOf({ type }: WorkerRequest): WorkerLimits {
  return type === 'verify' ? verifyLimits : usualLimits;
}

function outcomeOf(reply: Exclude<WorkerReply, { type: 'progress' }>): Outcome {
  if (reply.type === 'done') return reply.result;
  return reply.cancelled ? 'cancelled' : new Stopped(`failed: ${reply.message}`);
}

function crashed(claim: Claim, { why }: Stopped): Verification {
  const integrity = bareIntegrity('unreadable', `reading it ${why}: verify it again`);
  return {
    id: claim.id,
    identity: null,
    recorded: claim.expected,
    integrity: { ...integrity, expected: claim.expected },
  };
}

function crashedLook({ isUnasked }: LookClaim, { why }: Stopped): FileLook {
  const problems = [`its own record was not read: reading it ${why}`];
  return {
    fault: null,
    own: isUnasked ? { metadata: null, problems } : null,
    recognised: null,
    mismatches: [],
  };
}
