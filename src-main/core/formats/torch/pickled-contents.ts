import type { Json, JsonObject } from '../../../../shared/model/json.ts';
import type { Contents, Entry, Tensor } from '../contents.ts';
import type { FormatName } from '../format.ts';
import type { PickledNames } from '../pickle/machine.ts';
import { asKind, isDescribed, type Value } from '../pickle/value.ts';
import { describeGlobals, judgeTrust } from './classify-global.ts';
import { describeEntries } from './describe-entries.ts';
import { findOptimizers } from './find-optimizers.ts';
import { listTensors } from './list-tensors.ts';
import { rebuildTensor } from './rebuild-tensor.ts';
import type { Surroundings } from './surroundings.ts';
import { toJson } from './to-json.ts';

/** A pickle that was followed, with all that is needed to say what is in it. */
export interface Pickled {
  root: Value;
  names: PickledNames;
  around: Surroundings;
  /** What is known to be wrong before its tensors are looked at. */
  problems: readonly string[];
  /** What its place tells of it, where it does. */
  part?: Tensor['part'] | null;
  /** More to list than what the pickle has at its top. */
  entries?: readonly Entry[];
}

/** What a pickle of tensors and plain data holds. Nothing more is read. */
export function pickledContents(format: FormatName, pickled: Pickled): Contents {
  const { root, names, around, problems, part = null, entries = [] } = pickled;
  const list = listTensors(root, around, part);
  const rebuild = (value: Value) => rebuildTensor(value, around);
  return {
    format,
    checkpointVersion: jsonAt(root, 'checkpoint_version'),
    trainingState: jsonAt(root, 'training_state') ?? looseState(root),
    metadata: jsonAt(root, 'metadata'),
    entries: [...describeEntries(root, list.counts, rebuild), ...entries],
    tensors: list.tensors,
    optimizers: findOptimizers(root),
    globals: describeGlobals(names),
    trust: judgeTrust(names),
    problems: [...problems, ...list.problems],
  };
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
function looseState(root: Value): JsonObject | null {
  const found = [...topEntries(root)].filter(
    (entry): entry is [string, number] => progressKey.test(String(entry[0])) && typeof entry[1] === 'number',
  );
  return found.length > 0 ? Object.fromEntries(found) : null;
}
