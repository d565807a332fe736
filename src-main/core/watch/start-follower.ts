import { Worker } from 'node:worker_threads';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import { workerUrl } from '../workers/worker-url.ts';
import type { FollowEvent } from './follow-run.ts';
import { type PackedEvent, unpackEvent } from './packed-event.ts';

/** Someone who follows a run on disk. */
export interface Follower {
  reconcile(): void;
  close(): void;
}

/** Parsing makes much that dies young: room for it there spares copying it around. */
const resourceLimits = { maxYoungGenerationSizeMb: 48 };

/** Follows a run in a thread of its own, so that a slow disk or a hundred thousand files never hold up the caller. */
export function followInWorker(
  root: string,
  config: StorageConfig,
  emit: (event: FollowEvent) => void,
): Follower {
  let closed = false;
  const fail = (why: string) => {
    if (!closed) emit({ type: 'looked', problems: [], watch: { state: 'off', detail: why } });
  };
  const worker = new Worker(workerUrl('follow-run-worker'), { workerData: { root, config }, resourceLimits });
  worker.on('message', (event: PackedEvent) => {
    if (!closed) emit(unpackEvent(event));
  });
  worker.on('error', (error) => fail(`the thread that watched it stopped: ${error.message}`));
  return {
    reconcile: () => worker.postMessage('reconcile'),
    close: () => {
      closed = true;
      void worker.terminate();
    },
  };
}
