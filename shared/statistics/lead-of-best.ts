import { metricOfBenchmark } from '../model/benchmark.ts';
import { type JsonObject, objectOrNull, ownValue, toNumber } from '../model/json.ts';
import type { Direction } from '../model/metric.ts';
import { differenceInterval, type Interval, type Sample } from './mean-interval.ts';
import { readEpisodes } from './read-episodes.ts';
import { pairedDifference } from './seeds.ts';

/** A version's value of a metric, and the sidecar that may tell how it was measured. */
export interface Measurement {
  value: number;
  sidecar: JsonObject | null;
}

/** How far the best is ahead of the next, with 95 % confidence: below 0 it is the worse one. */
export interface Lead extends Interval {
  /** Whether it is told by the same seeds of both. */
  isPaired: boolean;
}

/**
 * How far the best is ahead of the next in the direction of the metric: seed by seed where one benchmark measured both with the same seeds,
 * else by how both scatter. Where that is on record of one alone the other is taken to scatter as much: nothing is measured without.
 * @returns null where nothing tells how they scatter
 */
export function leadOf(metric: string, mode: Direction, best: Measurement, next: Measurement): Lead | null {
  const [better, worse] = mode === 'max' ? [best, next] : [next, best];
  const paired = seedBySeed(metric, better, worse);
  if (paired) return { ...paired, isPaired: true };
  const [one, other] = [sampleIn(metric, better), sampleIn(metric, worse)];
  const known = one ?? other;
  if (!known) return null;
  const lead = differenceInterval(
    one ?? { ...known, mean: better.value },
    other ?? { ...known, mean: worse.value },
  );
  return { ...lead, isPaired: false };
}

function sampleIn(metric: string, { value, sidecar }: Measurement): Sample | null {
  const reading = readEpisodes(sidecar, metric, value);
  return 'sample' in reading ? { ...reading.sample, mean: value } : null;
}

function seedBySeed(metric: string, better: Measurement, worse: Measurement): Interval | null {
  const [one, other] = [seedsIn(metric, better), seedsIn(metric, worse)];
  if (!one || !other || one.way !== other.way || one.bySeed.size !== other.bySeed.size) return null;
  const difference = pairedDifference(other.bySeed, one.bySeed);
  if (!difference?.ci95 || difference.n < one.bySeed.size) return null;
  const [low, high] = difference.ci95;
  return { low, high };
}

/**
 * What a benchmark found for each seed, and what it measured with; null where that is not the value, and where all seeds came to the very
 * same, which an evaluator does that passes them over.
 */
function seedsIn(
  metric: string,
  { value, sidecar }: Measurement,
): { way: string; bySeed: Map<number, number> } | null {
  const name = metricOfBenchmark(metric);
  const results = objectOrNull(ownValue(sidecar, 'evaluation_results'));
  const record =
    name === null ? null : objectOrNull(ownValue(objectOrNull(ownValue(results, 'bench')), name));
  const [seeds, values] = [numbersAt(record, 'seeds'), numbersAt(record, 'values')];
  if (seeds.length !== values.length || values.every((each) => each === values[0])) return null;
  const mean = values.reduce((sum, each) => sum + each, 0) / values.length;
  if (!(Math.abs(mean - value) <= 1e-9 * Math.abs(value))) return null;
  const way = ['evaluator', 'evaluator_hash', 'episodes'].map((key) => ownValue(record, key) ?? null);
  const bySeed = new Map(seeds.map((seed, index): [number, number] => [seed, values[index] ?? Number.NaN]));
  return { way: JSON.stringify(way), bySeed };
}

function numbersAt(record: JsonObject | null, key: string): number[] {
  const list = ownValue(record, key);
  const numbers = Array.isArray(list) ? list.map(toNumber) : [];
  return numbers.every((each) => each !== null) ? numbers : [];
}
