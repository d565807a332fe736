import { findTrainer, type TrainerRecord } from '../config/read-trainer.ts';
import { askWorker, Stopped } from '../workers/ask-worker.ts';
import { takeWorker } from '../workers/spare-workers.ts';
import type { WorkerLimits } from '../workers/worker-limits.ts';

/** A file of a model, of which it is asked what a Trainer wrote down; the answer is a `TrainerRecord`. */
export interface TrainerRequest {
  trainerOf: string;
}

/** The files have some megabytes at most. */
const usualLimits: WorkerLimits = { memory: 128, time: 10_000 };

/** What Hugging Face's Trainer wrote down, read in a thread of its own: its arguments are a pickle that others wrote. What costs too much tells nothing. Never throws. */
export async function readTrainerInThread(file: string, limits = usualLimits): Promise<TrainerRecord> {
  const nothing: TrainerRecord = { args: null, state: null };
  const { args, state } = findTrainer(file);
  if (args === null && state === null) return nothing;
  const worker = takeWorker('settings-worker', limits.memory);
  const question: TrainerRequest = { trainerOf: file };
  const reply = await askWorker(worker, question, limits.time, (record: TrainerRecord) => record);
  await worker.terminate();
  return reply instanceof Stopped ? nothing : reply;
}
