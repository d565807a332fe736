import { setImmediate as nextTurn } from 'node:timers/promises';
import { metricOfBenchmark } from '../../../shared/model/benchmark.ts';
import { contradiction, isSigned } from '../../../shared/model/direction-by-name.ts';
import { isIntactSoFar } from '../../../shared/model/integrity.ts';
import { type JsonObject, objectOrNull, ownValue, toNumber } from '../../../shared/model/json.ts';
import { metricReader, type SelectionMetric } from '../../../shared/model/metric.ts';
import { compareNumbers } from '../../../shared/query/sort-versions.ts';
import {
  gatherMeasuredWith,
  type MeasuredWith,
  tellMeasuredOtherwise,
} from '../../../shared/statistics/measured-with.ts';
import { escapeName } from '../catalog/escape-name.ts';
import type { ListedVersion } from '../catalog/listed-version.ts';
import type { RunReader } from '../run-reader.ts';

/** Versions of a run that are compared with each other, and with those of other runs; without `versions` all of it. */
export interface ComparedVersions {
  run: RunReader;
  versions?: readonly ListedVersion[];
}

type Valued = Pick<ListedVersion, 'id' | 'state' | 'value'>;

/** So many are looked at before others have their turn. */
const inOneTurn = 1000;

/** The sidecar of each is read: of larger runs those of the best are. */
const mostRead = 1000;

/**
 * What the values of a benchmark were measured with, each way once; none for a metric of another kind. That may be another command, other
 * files that it names, other seeds or episodes: such values tell little of which version is better.
 * @param versions with their values of that metric
 */
export async function measuredWith(
  run: RunReader,
  versions: readonly Valued[],
  { name, mode }: Pick<SelectionMetric, 'name' | 'mode'>,
): Promise<MeasuredWith[]> {
  const metric = metricOfBenchmark(name);
  if (metric === null) return [];
  const order = mode === 'max' ? 'desc' : 'asc';
  const compared = versions
    .filter(({ state, value }) => isIntactSoFar(state) && Number.isFinite(value))
    .map(({ id, value }) => ({ id, value }))
    .sort((a, b) => compareNumbers(a.value, b.value, order))
    .slice(0, mostRead);
  const found: MeasuredWith[] = [];
  for (const { id } of compared) {
    // The window has other things to do meanwhile.
    await nextTurn();
    found.push(wayIn(run.sidecarOf(id), metric));
  }
  return gatherMeasuredWith(found);
}

/**
 * What must be known of a metric by which versions are put into an order, or kept, in whole sentences: that the better end is the other one, as the
 * signs of its values tell, or that they were not measured alike.
 */
export async function warningsOfRanking(
  compared: readonly ComparedVersions[],
  metric: Pick<SelectionMetric, 'name' | 'mode'>,
): Promise<string[]> {
  const contrary = contraryTo(compared, metric);
  if (metricOfBenchmark(metric.name) === null) return contrary;
  const found: MeasuredWith[] = [];
  for (const { run, versions = [...run.list()] } of compared)
    found.push(...(await measuredWith(run, await withValues(versions, metric.name), metric)));
  const warning = tellMeasuredOtherwise(gatherMeasuredWith(found));
  return warning === null ? contrary : [...contrary, `Ranked by ${escapeName(metric.name)}. ${warning}`];
}

/** That a drawdown is ranked by the end that its signs tell to be the worse one. */
function contraryTo(
  compared: readonly ComparedVersions[],
  { name, mode }: Pick<SelectionMetric, 'name' | 'mode'>,
): string[] {
  if (!isSigned(name)) return [];
  const told = compared.map(({ run }) => contradiction(name, mode, run.negativeMetrics.includes(name)));
  const why = told.find((each) => each !== null);
  return why
    ? [`${why} Ranked by ${escapeName(name)} with the ${mode === 'max' ? 'largest' : 'smallest'} as best.`]
    : [];
}

/** Their values of a metric, which need not be that of the run. */
async function withValues(versions: readonly ListedVersion[], metric: string): Promise<Valued[]> {
  const read = metricReader(metric);
  const found: Valued[] = [];
  for (const version of versions) {
    if (found.length % inOneTurn === 0) await nextTurn();
    found.push({ id: version.id, state: version.state, value: read(version) });
  }
  return found;
}

function wayIn(sidecar: JsonObject | null, metric: string): MeasuredWith {
  const results = objectOrNull(ownValue(sidecar, 'evaluation_results'));
  const recorded = objectOrNull(ownValue(objectOrNull(ownValue(results, 'bench')), metric));
  const evaluator = textOf(recorded, 'evaluator');
  const seeds = ownValue(recorded, 'seeds');
  return {
    evaluator: evaluator === null ? null : escapeName(evaluator, 200),
    hash: textOf(recorded, 'evaluator_hash'),
    episodes: toNumber(ownValue(recorded, 'episodes')),
    seeds: Array.isArray(seeds) ? seeds.flatMap((seed) => toNumber(seed) ?? []) : [],
    versions: 1,
  };
}

function textOf(object: JsonObject | null, key: string): string | null {
  const value = ownValue(object, key);
  return typeof value === 'string' ? value : null;
}
