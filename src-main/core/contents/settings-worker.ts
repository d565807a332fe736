import { parentPort } from 'node:worker_threads';
import { readMlflowParams } from '../config/read-mlflow-params.ts';
import { readTrainer } from '../config/read-trainer.ts';
import { type KnownSettings, nameSettings } from './known-settings.ts';
import { type SettingColumn, settingColumns } from './setting-columns.ts';
import { SettingsOfFiles } from './settings-of-file.ts';

/** Files of models, null for one that is gone; what is known of them under these names, or, without any, which names there are. */
export interface SettingsRequest {
  paths: readonly (string | null)[];
  names: readonly string[] | null;
  /** Shared: says which of the paths is being read. */
  at: Int32Array;
}

/** A file of a model, of which it is asked what a Trainer wrote down, or what MLflow keeps; the answer is a `TrainerRecord`, or an object or null. */
export type BesideRequest = { trainerOf: string } | { mlflowOf: string };

/** Null for a sign that it goes on. */
export type SettingsReply = ReturnType<typeof nameSettings> | SettingColumn[] | null;

/** How often it is told that it goes on, in milliseconds. */
const tellEvery = 500;

const files = new SettingsOfFiles();

parentPort?.on('message', async (request: SettingsRequest | BesideRequest) => {
  if ('trainerOf' in request) parentPort?.postMessage(await readTrainer(request.trainerOf));
  else if ('mlflowOf' in request) parentPort?.postMessage(readMlflowParams(request.mlflowOf));
  else parentPort?.postMessage(await readSettings(request));
});

/** Tells now and then that it goes on. */
async function readSettings({ paths, names, at }: SettingsRequest): Promise<SettingsReply> {
  const known: KnownSettings[] = [];
  let told = Date.now();
  for (const [index, path] of paths.entries()) {
    Atomics.store(at, 0, index);
    known.push(await files.read(path, names));
    if (Date.now() - told < tellEvery) continue;
    told = Date.now();
    parentPort?.postMessage(null);
  }
  Atomics.store(at, 0, paths.length);
  return names === null ? nameSettings(known) : settingColumns(known, names);
}
