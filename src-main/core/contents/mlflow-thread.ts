import type { JsonObject } from '../../../shared/model/json.ts';
import { mayHaveMlflow } from '../config/read-mlflow-params.ts';
import { Stopped } from '../workers/ask-worker.ts';
import { askSettingsWorker, limitsBeside } from './ask-settings-worker.ts';

/** What MLflow keeps of how a checkpoint was trained, read in a thread of its own: it may be spread over many files. What costs too much tells nothing. Never throws. */
export async function readMlflowInThread(file: string, limits = limitsBeside): Promise<JsonObject | null> {
  if (!mayHaveMlflow(file)) return null;
  const reply = await askSettingsWorker<JsonObject | null>({ mlflowOf: file }, limits);
  return reply instanceof Stopped ? null : reply;
}
