import type { Worker } from 'node:worker_threads';
import { ModelManagerError } from '../errors.ts';
import { takeWorker } from '../workers/spare-workers.ts';
import type { DescribedRun } from './describe-run.ts';
import type { SearchEnd, WorkspaceReply, WorkspaceRequest } from './workspace-worker.ts';

/** Is given runs as they are found, and how many folders were looked into so far. */
export type OnFound = (runs: readonly DescribedRun[], searched: number) => void;

/**
 * Finds the runs below a folder in a thread of its own, as {@link import('./find-runs.ts').findRuns} does: reading thousands of runs would
 * hold up whoever does it.
 * @throws ModelManagerError; the signal's reason
 */
export async function searchInThread(
  folder: string,
  signal: AbortSignal,
  onFound: OnFound,
): Promise<SearchEnd> {
  signal.throwIfAborted();
  const worker = takeWorker('workspace-worker');
  try {
    const ended = endOf(worker, signal, onFound);
    worker.postMessage({ folder } satisfies WorkspaceRequest);
    return await ended;
  } finally {
    // With it goes every thread and every folder that it holds open.
    void worker.terminate();
  }
}

function endOf(worker: Worker, signal: AbortSignal, onFound: OnFound): Promise<SearchEnd> {
  return new Promise((resolve, reject) => {
    const listen = (reply: WorkspaceReply) => {
      if (reply.type === 'done') resolve(reply);
      else if (reply.type === 'failed') reject(new ModelManagerError(reply.message));
      else onFound(reply.runs, reply.searched);
    };
    const giveUp = () => {
      worker.off('message', listen);
      reject(signal.reason);
    };
    signal.addEventListener('abort', giveUp, { once: true });
    worker.on('message', listen);
    worker.on('error', (cause) => reject(stopped(cause)));
    worker.on('exit', () => reject(stopped()));
  });
}

function stopped(cause?: unknown): ModelManagerError {
  return new ModelManagerError(
    'not all runs were found — the thread that was looking for them stopped — try again',
    { cause },
  );
}
