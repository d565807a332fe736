import { findTrainer, type TrainerRecord } from '../config/read-trainer.ts';
import { Stopped } from '../workers/ask-worker.ts';
import { askSettingsWorker, limitsBeside } from './ask-settings-worker.ts';

/** What Hugging Face's Trainer wrote down, read in a thread of its own: its arguments are a pickle that others wrote. What costs too much tells nothing. Never throws. */
export async function readTrainerInThread(file: string, limits = limitsBeside): Promise<TrainerRecord> {
  const nothing: TrainerRecord = { args: null, state: null };
  const { args, state } = findTrainer(file);
  if (args === null && state === null) return nothing;
  const reply = await askSettingsWorker<TrainerRecord>({ trainerOf: file }, limits);
  return reply instanceof Stopped ? nothing : reply;
}
