import { askWorker, type Stopped } from '../workers/ask-worker.ts';
import { takeWorker } from '../workers/spare-workers.ts';
import type { WorkerLimits } from '../workers/worker-limits.ts';
import type { BesideRequest } from './settings-worker.ts';

/** Files beside a model have some megabytes at most. */
export const limitsBeside: WorkerLimits = { memory: 128, time: 10_000 };

/** Asks a thread of its own, which ends with its answer. What costs too much has none. Never throws. */
export async function askSettingsWorker<Answer>(
  question: BesideRequest,
  limits: WorkerLimits,
): Promise<Answer | Stopped> {
  const worker = takeWorker('settings-worker', limits.memory);
  const reply = await askWorker(worker, question, limits.time, (answer: Answer) => answer);
  await worker.terminate();
  return reply;
}
