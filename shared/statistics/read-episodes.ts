import { type Json, type JsonObject, objectOrNull, ownValue, toNumber } from '../model/json.ts';
import { isSameMetric } from '../model/metric.ts';
import { type Sample, sampleOf } from './mean-interval.ts';

/** What a record says of the single episodes behind a metric; in one clause why nothing can be made of it. */
export type EpisodeReading = { sample: Sample; basis: string } | { why: string };

const none = { why: 'the record has no values of single episodes' };
const rewardLists = ['episode_rewards', 'rewards', 'episode_returns', 'ep_rewards'];
const counts = ['episodes', 'n_episodes', 'num_episodes', 'n_eval_episodes', 'eval_episodes'];

/**
 * The values of single episodes behind a metric, from `evaluation_results` of a sidecar, else from its `metrics`: a list of numbers (of the
 * reward `episode_rewards`, of any metric `episode_NAME`, `NAME_per_episode` or `NAME_values`), else their standard deviation (`std_NAME`
 * or `NAME_std`) and how many there were (`episodes`), else what it came to for each seed (`NAME_per_seed`). Such a deviation is taken for
 * the population's, as NumPy computes it, and made the sample's: that errs to the wider side. What contradicts the metric is not used.
 */
export function readEpisodes(sidecar: JsonObject | null, metric: string, value: number): EpisodeReading {
  const sources = ['evaluation_results', 'metrics'].map((key) => objectOrNull(ownValue(sidecar, key)));
  const found = sources
    .filter((source) => source !== null)
    .map(
      (source) => readList(source, metric) ?? readSummary(source, metric, value) ?? readSeeds(source, metric),
    );
  const reading = found.find((each) => each !== null) ?? none;
  return 'sample' in reading ? agreeing(reading, value) : reading;
}

function readList(source: JsonObject, metric: string): EpisodeReading | null {
  const names = namesOf(metric);
  const keys = [
    ...(isSameMetric(metric, 'reward') ? rewardLists : []),
    ...names.flatMap((name) => [`episode_${name}`, `${name}_per_episode`, `${name}_values`]),
  ];
  return readValues(source, keys, 'episodes');
}

function readSeeds(source: JsonObject, metric: string): EpisodeReading | null {
  return readValues(source, [`${metric}_per_seed`], 'seeds');
}

function readValues(source: JsonObject, keys: readonly string[], what: string): EpisodeReading | null {
  const list = keys.map((key) => ownValue(source, key)).find(Array.isArray);
  if (!list) return null;
  const values = (list as Json[]).map(toNumber).filter((each) => each !== null);
  if (values.length < list.length) return { why: `the values of its ${what} are not all numbers` };
  const sample = sampleOf(values);
  if (!sample) return { why: `it takes two ${what} or more, all of them finite` };
  return { sample, basis: `${sample.count} ${what} on record` };
}

function readSummary(source: JsonObject, metric: string, mean: number): EpisodeReading | null {
  const names = namesOf(metric);
  const deviation = firstNumber(
    source,
    names.flatMap((name) => [`std_${name}`, `${name}_std`]),
  );
  if (deviation === null) return null;
  const count = firstNumber(source, counts);
  if (count === null) return { why: 'the record has a deviation, but not of how many episodes' };
  if (!(Number.isInteger(count) && count >= 2 && deviation >= 0 && Number.isFinite(deviation)))
    return { why: 'it takes two episodes or more, and a finite deviation' };
  const sample = { count, mean, deviation: deviation * Math.sqrt(count / (count - 1)) };
  return { sample, basis: `the deviation of ${count} episodes on record` };
}

/** A mean of other episodes, or of another metric, would put the interval beside the value. */
function agreeing(reading: { sample: Sample; basis: string }, value: number): EpisodeReading {
  const { mean, deviation } = reading.sample;
  if (Math.abs(mean - value) <= 0.01 * deviation + 1e-9 * Math.abs(value)) return reading;
  return { why: `the episodes on record average ${mean.toPrecision(4)}, which is not the metric's value` };
}

/** A metric may be called `mean_reward` where its deviation is that of `reward`. */
function namesOf(metric: string): string[] {
  const bare = metric.replace(/^(?:mean|avg|average)_/, '');
  return [...new Set([metric, bare])];
}

function firstNumber(source: JsonObject, keys: readonly string[]): number | null {
  return keys.map((key) => toNumber(ownValue(source, key))).find((each) => each !== null) ?? null;
}
