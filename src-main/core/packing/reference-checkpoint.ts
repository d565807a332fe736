import type { Json } from '../../../shared/model/json.ts';
import { jsonValue } from './json-value.ts';
import type { TorchKey, TorchValue } from './torch-value.ts';
import { withFloats } from './with-floats.ts';

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
    ['training_state', floatsIn(trainingState)],
    ['metadata', floatsIn(metadata)],
    ['checkpoint_version', jsonValue(checkpointVersion)],
  ]);
}

function floatsIn(dict: Json): TorchValue {
  const value = jsonValue(dict);
  return value instanceof Map ? new Map(withFloats(value as ReadonlyMap<string, TorchValue>)) : value;
}
