import type { Json } from '../../../shared/model/json.ts';
import { referenceFloats } from '../../../shared/model/reference-floats.ts';
import { jsonValue } from './json-value.ts';
import { PythonFloat, type TorchKey, type TorchValue } from './torch-value.ts';

/** What the reference puts into a checkpoint, of generation "typed". */
export interface CheckpointParts {
  model: TorchValue;
  optimizer?: TorchValue;
  trainingState: Json;
  metadata: Json;
  checkpointVersion?: Json;
}

/** The dictionary that the reference saves and loads, its keys in its order. Source: the reference's save_checkpoint. */
export function referenceCheckpoint({
  model,
  optimizer = null,
  trainingState,
  metadata,
  checkpointVersion = '2.0',
}: CheckpointParts): ReadonlyMap<TorchKey, TorchValue> {
  return new Map<TorchKey, TorchValue>([
    ['model_state_dict', model],
    ['optimizer_state_dict', optimizer],
    ['training_state', withFloats(trainingState)],
    ['metadata', withFloats(metadata)],
    ['checkpoint_version', jsonValue(checkpointVersion)],
  ]);
}

function withFloats(dict: Json): TorchValue {
  const value = jsonValue(dict);
  if (!(value instanceof Map)) return value;
  const entries = [...(value as ReadonlyMap<string, TorchValue>)];
  return new Map(entries.map(([key, item]) => [key, referenceFloats.has(key) ? asFloat(item) : item]));
}

function asFloat(value: TorchValue): TorchValue {
  if (typeof value === 'number') return new PythonFloat(value);
  return Array.isArray(value) ? value.map(asFloat) : value;
}
