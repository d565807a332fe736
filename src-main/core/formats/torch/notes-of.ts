import { type Json, type JsonObject, objectOrNull } from '../../../../shared/model/json.ts';
import type { Notes } from '../contents.ts';
import { asKind, fullName, isDescribed, type Value } from '../pickle/value.ts';
import {
  frameworkMetrics,
  frameworkStep,
  nothingTold,
  type ToldAround,
  tensorsToRead,
} from './framework-notes.ts';
import { scalarSort } from './loose-scalars.ts';
import { readScalar } from './numpy-values.ts';
import { partOfKey } from './part-of.ts';
import type { Scalars } from './read-scalars.ts';
import { toJson } from './to-json.ts';
import { writtenBy } from './written-by.ts';

/** Where trainers keep what training was set up by; Lightning writes it with an underscore, others keep their arguments. */
export const hyperparameterKeys: readonly string[] = [
  ...['hyperparameters', 'hyper_parameters', 'hparams', 'training_config', 'model_config'],
  ...['config', 'args'],
];

/** What {@link notesOf} needs the numbers of, where they are tensors. */
export function numbersToRead(root: Value): Value[] {
  const entries = topEntries(root);
  return [...tensorsToRead(entries), ...(writtenBy(entries) ? [] : looseTensors(entries))];
}

/** Tensors without a dimension that stand where plain loops put numbers: `loss` of a step is one until somebody asks for its `item()`. */
function looseTensors(entries: ReadonlyMap<Value, Value>): Value[] {
  if (!isBesideModel(entries)) return [];
  return [...entries].flatMap(([key, value]) => (isToldAsTensor(key, value) ? [value] : []));
}

function isToldAsTensor(key: Value, value: Value): boolean {
  const sort = isDescribed(value) ? scalarSort(value) : null;
  if (sort === null || typeof key !== 'string') return false;
  return mayMeasure(key) ? sort === 'float' || key === 'reward' : progressKey.test(key);
}

/** What the dictionary at the top of a checkpoint says of it, by the keys that the reference and other trainers use. */
export function notesOf(root: Value, told: ToldAround = nothingTold): Notes {
  return {
    checkpointVersion: jsonAt(root, 'checkpoint_version'),
    trainingState: jsonAt(root, 'training_state') ?? stateOf(topEntries(root), told.scalars),
    metadata: jsonAt(root, 'metadata'),
    timestamp: jsonAt(root, 'timestamp'),
    metrics: metricsOf(root, told),
    hyperparameters: firstOf([...hyperparameterKeys.map((key) => jsonAt(root, key)), argumentsIn(root)]),
    writtenBy: writtenBy(topEntries(root)),
  };
}

/** Those that stand at the top count where no framework keeps its own account there. */
function metricsOf(root: Value, around: ToldAround): Json {
  const told = jsonAt(root, 'metrics');
  const isKept = told !== null && objectOrNull(told) === null;
  const entries = topEntries(root);
  const own = writtenBy(entries) ? frameworkMetrics(entries, around) : looseMetrics(entries, around.scalars);
  const counted = iterationOf(entries);
  return (own || counted) && !isKept ? { ...counted, ...own, ...objectOrNull(told) } : told;
}

/** What an algorithm of RLlib counts itself by, in the state that it saves; its log counts by the same. rllib/algorithms/algorithm.py, get_state */
function iterationOf(entries: ReadonlyMap<Value, Value>): JsonObject | null {
  const iteration = entries.get('training_iteration');
  return typeof iteration === 'number' && iteration >= 0 ? { training_iteration: iteration } : null;
}

const objectOf = (found: readonly (readonly [string, number])[]): JsonObject | null =>
  found.length > 0 ? Object.fromEntries(found) : null;

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

/** Numbers that trainers keep at the top and that measure nothing, or not this state alone. */
const noMetric =
  /^best_|version|seed|^(curr_|current_|base_)?(lr|learning_rate)$|_(lr|rate|coef|decay|dim|size)$|time|date|gamma|lambda|momentum|epsilon|^eps$|dropout|^(alpha|beta|tau)/i;

/** Whether a number of this name, beside the state of a model, was measured of it. */
function mayMeasure(key: string): boolean {
  return !noMetric.test(key) && !progressKey.test(key);
}

function isBesideModel(entries: ReadonlyMap<Value, Value>): boolean {
  return [...entries].some(([key, value]) => isDictionary(value) && partOfKey(String(key)) === 'model');
}

/** Whether a value holds others by keys: a call may, and that of a tensor does not. */
function isDictionary(value: Value): boolean {
  if (!isDescribed(value) || !('entries' in value)) return false;
  return asKind(value, 'dict') !== null || value.entries.size > 0;
}

/**
 * What was measured, as plain `torch.save` loops put it beside the state of their model: floats, tensors of one, and a reward. Whole numbers count
 * something, or set something up.
 */
function looseMetrics(entries: ReadonlyMap<Value, Value>, scalars: Scalars): JsonObject | null {
  // Of a state dict with thousands of weights hardly one is a number, and no other key need be looked at.
  const found = [...entries].flatMap(([key, value]): [string, number][] => {
    const number = typeof key === 'string' ? (scalars.get(value) ?? numberAt(value, key === 'reward')) : null;
    return number === null ? [] : [[String(key), number]];
  });
  const measured = found.filter(([key]) => mayMeasure(key));
  return measured.length > 0 && isBesideModel(entries) ? objectOf(measured) : null;
}

/** A float, or a scalar of numpy that is one; null for anything else, and for a whole number where that does not count. */
function numberAt(value: Value, mayBeWhole: boolean): number | null {
  const call = asKind(value, 'call');
  const plain = call ? readScalar(call) : value;
  if (typeof plain !== 'number') return asKind(plain, 'float')?.value ?? null;
  return mayBeWhole || !Number.isInteger(plain) ? plain : null;
}

const progressKey =
  /^(global_|current_|total_)?(step|episode|update|cycle|epoch|iteration|timestep|env_step|train_step)s?(_counter)?$/;

function stateOf(entries: ReadonlyMap<Value, Value>, scalars: Scalars): JsonObject | null {
  const state = looseState([...entries].map(([key, value]) => [key, scalars.get(value) ?? value]));
  const step = frameworkStep(entries);
  return step === null ? state : { ...state, global_step: step };
}

/** Older generations, and other trainers, have their counters at the top. A count below zero is none: Ultralytics has -1 in what is done. */
export function looseState(entries: Iterable<readonly [Value, unknown]>): JsonObject | null {
  const found = [...entries].filter(
    (entry): entry is [string, number] =>
      progressKey.test(String(entry[0])) && typeof entry[1] === 'number' && entry[1] >= 0,
  );
  return found.length > 0 ? Object.fromEntries(found) : null;
}
