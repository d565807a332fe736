import type { JsonObject } from '../../../shared/model/json.ts';
import { summariseSeeds } from '../../../shared/statistics/seeds.ts';
import type { FileIdentity } from '../files/file-identity.ts';

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
  /** The file that was evaluated, as it was then. */
  identity: FileIdentity;
  /** What it was evaluated with, in a person's words: the command. */
  evaluator: string;
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
 * What a benchmark has to say in a sidecar. In `metrics` its means stand under names of their own, `benchmark_NAME`, beside what the training
 * measured: a version that was benchmarked and one that was not would else be ranked by two different things. `evaluation_results` has the
 * rest: under `benchmark` what each metric came to and how, and the lists from which the interval of the best is made.
 * @param sidecar as it is: lists of an earlier benchmark that are not true any more become null
 */
export function sidecarChanges(evaluation: Evaluation, sidecar: JsonObject): SidecarChange[] {
  return [...evaluation.metrics].flatMap(([name, measured]) =>
    changesFor(name, measured, evaluation, sidecar),
  );
}

/** Under what a benchmark's metric is ranked. */
function benchmarkName(metric: string): string {
  return `benchmark_${metric}`;
}

function changesFor(
  metric: string,
  { values, perEpisode }: Measured,
  { evaluator, at, episodes }: Evaluation,
  sidecar: JsonObject,
): SidecarChange[] {
  const name = benchmarkName(metric);
  const summary = summariseSeeds([...values.values()]);
  const told = {
    ...summary,
    seeds: [...values.keys()],
    values: [...values.values()],
    episodes,
    evaluator,
    at,
  };
  return [
    { path: ['metrics', name], value: summary.mean },
    { path: ['evaluation_results', 'benchmark', metric], value: told },
    ...listChange(`${name}_per_episode`, perEpisode.length > mostEpisodes ? [] : perEpisode, sidecar),
    ...listChange(`${name}_per_seed`, summary.n > 1 ? told.values : [], sidecar),
  ];
}

function listChange(
  key: string,
  list: readonly number[],
  { evaluation_results: results }: JsonObject,
): SidecarChange[] {
  const isThere = typeof results === 'object' && results !== null && Object.hasOwn(results, key);
  if (list.length === 0 && !isThere) return [];
  return [{ path: ['evaluation_results', key], value: list.length === 0 ? null : list }];
}
