import type { Json, JsonObject } from '../../../../shared/model/json.ts';
import type { Notes } from '../contents.ts';
import { asKind, fullName, isDescribed, type Value } from '../pickle/value.ts';
import { toJson } from './to-json.ts';
import { writtenBy } from './written-by.ts';

/** Where trainers keep what training was set up by; Lightning writes it with an underscore, others keep their arguments. */
export const hyperparameterKeys: readonly string[] = [
  ...['hyperparameters', 'hyper_parameters', 'hparams', 'training_config', 'model_config'],
  ...['config', 'args'],
];

/** What the dictionary at the top of a checkpoint says of it, by the keys that the reference and other trainers use. */
export function notesOf(root: Value): Notes {
  return {
    checkpointVersion: jsonAt(root, 'checkpoint_version'),
    trainingState: jsonAt(root, 'training_state') ?? looseState(topEntries(root)),
    metadata: jsonAt(root, 'metadata'),
    timestamp: jsonAt(root, 'timestamp'),
    metrics: jsonAt(root, 'metrics'),
    hyperparameters: firstOf([...hyperparameterKeys.map((key) => jsonAt(root, key)), argumentsIn(root)]),
    writtenBy: writtenBy(topEntries(root)),
  };
}

/** The first that is there. */
const firstOf = (values: readonly Json[]): Json => values.find((value) => value !== null) ?? null;

/** What an object holds that is the arguments of a training, as `training_args.bin` of Hugging Face's Trainer is one. */
function argumentsIn(root: Value): Json {
  const call = asKind(root, 'call');
  return call && /(?:Arguments|Config)$/.test(fullName(call.callee)) && asKind(call.state, 'dict')
    ? toJson(call)
    : null;
}

function topEntries(root: Value): ReadonlyMap<Value, Value> {
  return isDescribed(root) && 'entries' in root ? root.entries : new Map();
}

function jsonAt(root: Value, key: string): Json {
  const value = topEntries(root).get(key) ?? null;
  return asKind(value, 'opaque') ? null : toJson(value);
}

const progressKey =
  /^(global_|current_|total_)?(step|episode|update|cycle|epoch|iteration|timestep|env_step|train_step)s?(_counter)?$/;

/** Older generations, and other trainers, have their counters at the top. */
export function looseState(entries: Iterable<readonly [Value, unknown]>): JsonObject | null {
  const found = [...entries].filter(
    (entry): entry is [string, number] => progressKey.test(String(entry[0])) && typeof entry[1] === 'number',
  );
  return found.length > 0 ? Object.fromEntries(found) : null;
}
