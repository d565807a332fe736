import type { ChangedTensor, DiffOutput } from '../../../shared/model/diff-output.ts';
import type { Json, JsonObject } from '../../../shared/model/json.ts';
import type { Contents } from '../formats/contents.ts';
import { type Comparison, compareTensors, type TensorPair } from '../tensors/compare-tensors.ts';
import type { WorkOptions } from '../tensors/run-shares.ts';
import { diffValues } from './diff-values.ts';
import { haveSameShape } from './have-same-shape.ts';
import { pairTensors } from './pair-tensors.ts';

/** What sets two checkpoints apart. @throws the signal's reason, and ModelManagerError when the bytes cannot be read */
export async function diffContents(
  a: Contents,
  b: Contents,
  options: WorkOptions = {},
): Promise<Omit<DiffOutput, 'a' | 'b'>> {
  const [one, other] = [splitMetrics(a), splitMetrics(b)];
  const damaged: string[] = [];
  const onDamaged = (problem: string, side: 'a' | 'b') => damaged.push(`${side}: ${problem}`);
  return {
    tensors: await diffTensors(a, b, { ...options, onDamaged }),
    training_state: [
      ...diffValues(a.trainingState ?? {}, b.trainingState ?? {}),
      ...diffValues(stepsOf(a), stepsOf(b)),
    ],
    metadata: diffValues(one.metadata ?? {}, other.metadata ?? {}),
    hyperparameters: [
      ...diffValues(a.hyperparameters ?? {}, b.hyperparameters ?? {}),
      ...diffValues(groupsOf(a), groupsOf(b)),
    ],
    metrics: diffValues(one.metrics, other.metrics),
    problems: [
      ...a.problems.map((text) => `a: ${text}`),
      ...b.problems.map((text) => `b: ${text}`),
      ...damaged,
    ],
  };
}

const nothing = { added: [], removed: [], changed: [], identical: 0, equal: [], renamed: [] };

async function diffTensors(a: Contents, b: Contents, options: WorkOptions): Promise<DiffOutput['tensors']> {
  const { added, removed, pairs } = pairTensors(a.tensors, b.tensors);
  const alike = pairs.filter(haveSameShape);
  const compared = new Map<TensorPair, Comparison | 'same' | null>();
  for (const [index, comparison] of (await compareTensors(alike, options)).entries()) {
    compared.set(alike[index] as TensorPair, comparison);
  }
  const verdicts = pairs.map((pair) => ({ pair, verdict: verdictOn(pair, compared.get(pair)) }));
  const namesOf = (meant: Verdict) =>
    verdicts.flatMap(({ pair, verdict }) => (verdict === meant ? [pair.a.name] : []));
  const [before, after] = [removed.map(({ name }) => name), added.map(({ name }) => name)];
  // What is in it nobody knows: it may hold them all.
  if (a.format === 'unknown' || b.format === 'unknown')
    return { ...nothing, not_compared: [...before, ...after] };
  return {
    added: after,
    removed: before,
    changed: verdicts.flatMap(({ verdict }) => (typeof verdict === 'object' ? [verdict] : [])),
    identical: verdicts.filter(({ verdict }) => verdict === 'identical').length,
    equal: namesOf('equal'),
    renamed: pairs.flatMap(({ a, b }) => (a.name === b.name ? [] : [{ a: a.name, b: b.name }])),
    not_compared: namesOf('unknown'),
  };
}

/** `equal`: every element is, and the bytes are not, as of 0 and −0. */
type Verdict = ChangedTensor | 'identical' | 'equal' | 'unknown';

/** A tensor whose shape or type changed is changed, whatever its elements are. */
function verdictOn(pair: TensorPair, comparison: Comparison | 'same' | null | undefined): Verdict {
  const isSameKind = haveSameShape(pair) && pair.a.dtype === pair.b.dtype;
  if (!isSameKind) return toChanged(pair, comparison);
  if (!comparison) return 'unknown';
  if (comparison === 'same') return 'identical';
  return comparison.changed === 0 ? (pair.a.values ? 'identical' : 'equal') : toChanged(pair, comparison);
}

function toChanged({ a, b }: TensorPair, comparison: Comparison | 'same' | null | undefined): ChangedTensor {
  const measured = typeof comparison === 'object' ? comparison : null;
  return {
    name: a.name,
    shape_a: [...a.shape],
    shape_b: [...b.shape],
    dtype_a: a.dtype,
    dtype_b: b.dtype,
    l2: orNull(measured?.l2),
    relative_l2: orNull(measured?.relative),
    cosine: orNull(measured?.cosine),
    max_abs: orNull(measured?.furthest),
    fraction_changed: orNull(measured?.changed),
  };
}

const orNull = (value: number | null | undefined): number | null => value ?? null;

/** What a checkpoint says of its quality, within its metadata and beside it, apart from the rest; the metadata's word counts. */
function splitMetrics({ metadata, metrics }: Contents): { metadata: Json; metrics: Json } {
  const beside = metrics === null ? [] : metricsOf('metrics', metrics);
  if (typeof metadata !== 'object' || metadata === null || Array.isArray(metadata))
    return { metadata, metrics: fromEntries(beside) };
  const isMetric = (key: string) => key === 'metrics' || key === 'reward';
  const entries = Object.entries(metadata);
  const measured = entries.filter(([key]) => isMetric(key)).flatMap(([key, value]) => metricsOf(key, value));
  return {
    metadata: fromEntries(entries.filter(([key]) => !isMetric(key))),
    metrics: fromEntries([...beside, ...measured]),
  };
}

/** What each group of parameters is trained with: many files have their learning rate nowhere else. */
function groupsOf({ optimizers }: Contents): JsonObject {
  return fromEntries(
    optimizers.flatMap(({ name, groups }) =>
      groups.map(({ values }, place): [string, Json] => [keyIn(name, `param_groups.${place}`), values]),
    ),
  );
}

/** How far each optimizer has come, where it counts in numbers: of counters that are tensors those differ. */
function stepsOf({ optimizers }: Contents): JsonObject {
  return fromEntries(
    optimizers.flatMap(({ name, steps }): [string, Json][] =>
      steps.size === 0 ? [] : [[keyIn(name, 'step'), Math.max(...steps.values())]],
    ),
  );
}

const keyIn = (name: string, key: string): string => (name === '' ? key : `${name}.${key}`);

function metricsOf(key: string, value: Json): [string, Json][] {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? Object.entries(value) : [[key, value]];
}

/** Keys are a file's: `Object.fromEntries` defines them, so that none reaches a prototype. */
const fromEntries = (entries: readonly [string, Json][]): JsonObject => Object.fromEntries(entries);
