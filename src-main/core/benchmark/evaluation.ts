import { benchmarkMetric } from '../../../shared/model/benchmark.ts';
import { type JsonObject, objectOrNull, ownValue } from '../../../shared/model/json.ts';
import { summariseSeeds } from '../../../shared/statistics/seeds.ts';
import type { SeenFiles } from './seen-files.ts';

/** A metric of one version, as a benchmark measured it. */
export interface Measured {
  /** By seed. */
  values: ReadonlyMap<number, number>;
  /** In single episodes, of all seeds in their order; empty where the evaluator tells none. */
  perEpisode: readonly number[];
}

/** What a benchmark found of a version. */
export interface Evaluation {
  id: string;
  /** What tells the states of its files, and of what goes with it, as they were when it was evaluated. */
  files: SeenFiles;
  /** What it was evaluated with, in a person's words: the command. */
  evaluator: string;
  /** Tells it from others, as they were then: see `Evaluator.identity`. */
  evaluatorHash: string;
  /** When its last run ended, ISO 8601 with zone. */
  at: string;
  /** That the evaluator was asked for, of each seed. */
  episodes: number | null;
  metrics: ReadonlyMap<string, Measured>;
}

/** A value, and at which keys of a sidecar it goes. */
export interface SidecarChange {
  path: readonly string[];
  value: unknown;
}

/** More than a person looks at; a sidecar with longer lists would be slow to read wherever it is listed. */
const mostEpisodes = 20_000;

/**
 * What a benchmark has to say in a sidecar. In `metrics` its means stand under names of their own, `bench_NAME`, beside what the training
 * measured: a version that was benchmarked and one that was not would else be ranked by two different things. `evaluation_results` has the
 * rest: under `bench` what each metric came to and how, and the lists from which the interval of the best is made.
 * @param sidecar as it is: lists of an earlier benchmark that are not true any more become null
 * @throws Error in one clause where somebody else uses these names
 */
export function sidecarChanges(evaluation: Evaluation, sidecar: JsonObject): SidecarChange[] {
  const results = objectAt(sidecar, 'evaluation_results');
  const known = objectAt(results, 'bench');
  const taken = objectAt(sidecar, 'metrics');
  for (const metric of evaluation.metrics.keys())
    if (Object.hasOwn(taken, benchmarkMetric(metric)) && !Object.hasOwn(known, metric))
      throw new Error(`its sidecar has a ${benchmarkMetric(metric)} that no benchmark wrote`);
  return [...evaluation.metrics].flatMap(([metric, each]) => changesFor(metric, each, evaluation, results));
}

/** @throws Error in one clause for what is there and is no object: it is somebody's, and stays */
function objectAt(parent: JsonObject, key: string): JsonObject {
  const value = ownValue(parent, key) ?? {};
  const object = objectOrNull(value);
  if (!object) throw new Error(`its sidecar has ${key} that are no object`);
  return object;
}

function changesFor(
  metric: string,
  { values, perEpisode }: Measured,
  { evaluator, evaluatorHash, at, episodes }: Evaluation,
  results: JsonObject,
): SidecarChange[] {
  const name = benchmarkMetric(metric);
  const [seeds, bySeed] = [[...values.keys()], [...values.values()]];
  const summary = summariseSeeds(bySeed);
  return [
    { path: ['metrics', name], value: summary.mean },
    {
      path: ['evaluation_results', 'bench', metric],
      value: { ...summary, seeds, values: bySeed, episodes, evaluator, evaluator_hash: evaluatorHash, at },
    },
    ...listChange(`${name}_per_episode`, perEpisode.length > mostEpisodes ? [] : perEpisode, results),
    ...listChange(`${name}_per_seed`, summary.n > 1 ? bySeed : [], results),
  ];
}

function listChange(key: string, list: readonly number[], results: JsonObject): SidecarChange[] {
  if (list.length === 0 && !Object.hasOwn(results, key)) return [];
  return [{ path: ['evaluation_results', key], value: list.length === 0 ? null : list }];
}
