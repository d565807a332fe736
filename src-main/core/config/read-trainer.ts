import { type Json, type JsonObject, objectOrNull, ownValue } from '../../../shared/model/json.ts';
import type { Ranking } from '../../../shared/model/metric.ts';
import { readRecordObject } from '../catalog/read-record-object.ts';
import { measureValue } from '../contents/measure-value.ts';
import { readNotes } from '../formats/read-notes.ts';
import { openFileSource } from '../formats/source.ts';
import { findBeside } from './find-beside.ts';

/** What Hugging Face's Trainer wrote down of what a training was set up by; null for what is not there, or cannot be read. */
export interface TrainerRecord {
  /** Of `training_args.bin`. */
  args: JsonObject | null;
  /** Of `trainer_state.json`, less how far training had come. */
  state: JsonObject | null;
}

/** In bytes. The arguments take some 6 KB; the state has a line for every time that something was logged. */
const limits = { args: 256 * 1024, state: 4 * 1024 * 1024 };

/** transformers/trainer_callback.py, TrainerState: what is none of these is how far training had come. */
const settings = new Set([
  ...['max_steps', 'num_train_epochs', 'train_batch_size', 'trial_params'],
  ...['eval_steps', 'logging_steps', 'save_steps'],
]);

/** Where it writes, what it runs on and who may upload: none of that is how it trains. transformers/training_args.py */
const plumbing =
  /^_|_token$|^hub_|^push_to_hub|_dir$|^(?:run_name|local_rank|distributed_state|deepspeed_plugin|report_to)$/;

/** In characters: one text may stand in a pickle ten thousand times. */
const longest = 1024 * 1024;

export const argsFile = 'training_args.bin';

/** The files of the Trainer in the folder of a checkpoint, or in the one that this is in; null for what is not there. */
export function findTrainer(file: string): Record<keyof TrainerRecord, string | null> {
  return { args: findBeside(file, argsFile), state: findBeside(file, 'trainer_state.json') };
}

/**
 * What these files say, for a thread that reads what others wrote. Nothing is executed: the arguments are a pickle, which is described.
 * Never throws.
 */
export async function readTrainer(file: string): Promise<TrainerRecord> {
  const { args, state } = findTrainer(file);
  return {
    args: args === null ? null : await readTrainingArgs(args),
    state: state === null ? null : chosen(readRecordObject(state, limits.state), (key) => settings.has(key)),
  };
}

/** The metric that the arguments of a training say to tell the best by; null where they say none, or cannot be read. Never throws. */
export async function readTrainerRanking(path: string): Promise<Ranking | null> {
  const args = await readTrainingArgs(path);
  const [metric, isGreater] = [ownValue(args, 'metric_for_best_model'), ownValue(args, 'greater_is_better')];
  if (typeof metric !== 'string' || metric === '' || typeof isGreater !== 'boolean') return null;
  // transformers/trainer.py, _determine_best_metric
  const name = metric.startsWith('eval_') ? metric : `eval_${metric}`;
  return { name, mode: isGreater ? 'max' : 'min' };
}

async function readTrainingArgs(path: string): Promise<JsonObject | null> {
  try {
    const source = await openFileSource(path);
    try {
      const notes = source.size > limits.args ? null : await readNotes(source);
      const told = chosen(objectOrNull(notes?.hyperparameters ?? null), (key) => !plumbing.test(key));
      return measureValue(told, longest) > longest ? null : told;
    } finally {
      await source.close();
    }
  } catch {
    return null;
  }
}

/** What is None was not set. */
function chosen(object: JsonObject | null, isWanted: (key: string) => boolean): JsonObject | null {
  const isSet = ([key, value]: [string, Json]) => value !== null && isWanted(key);
  return object && Object.fromEntries(Object.entries(object).filter(isSet));
}
