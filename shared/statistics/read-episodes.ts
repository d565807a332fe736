import { type Json, type JsonObject, objectOrNull, ownValue, toNumber } from '../model/json.ts';
import { isSameMetric } from '../model/metric.ts';
import { type Sample, sampleOf } from './mean-interval.ts';

/** What a record says of the single episodes behind a metric; in one clause why nothing can be made of it. */
export type EpisodeReading = { sample: Sample; basis: string } | { why: string };

const none = { why: 'the record has no values of single episodes' };
const rewardLists = ['episode_rewards', 'rewards', 'episode_returns', 'ep_rewards'];
const evaluated = ['n_eval_episodes', 'eval_episodes'];
/** How many episodes a mean is of. Among metrics a number of episodes is that of the training, as far as its name does not say otherwise. */
const sources = [
  { key: 'evaluation_results', counts: ['episodes', 'n_episodes', 'num_episodes', ...evaluated] },
  { key: 'metrics', counts: evaluated },
];

/**
 * The values of single episodes behind a metric, from `evaluation_results` of a sidecar, else from its `metrics`: what it came to for each
 * seed where there are two or more (`NAME_per_seed`: episodes of one seed are no measurements independent of each other), else a list of
 * numbers (of the reward `episode_rewards`, of any metric `episode_NAME`, `NAME_per_episode` or `NAME_values`), else their standard deviation
 * (`std_NAME` or `NAME_std`) and how many there were (`episodes`). Such a deviation is taken for the population's, as NumPy computes it, and
 * made the sample's: that errs to the wider side. What contradicts the metric is not used.
 */
export function readEpisodes(sidecar: JsonObject | null, metric: string, value: number): EpisodeReading {
  const found = sources.map(({ key, counts }) => {
    const source = objectOrNull(ownValue(sidecar, key));
    return source && readSource(source, metric, value, counts);
  });
  const reading = found.find((each) => each !== null) ?? none;
  return 'sample' in reading ? agreeing(reading, value) : reading;
}

function readSource(
  source: JsonObject,
  metric: string,
  value: number,
  counts: readonly string[],
): EpisodeReading | null {
  return readSeeds(source, metric) ?? readList(source, metric) ?? readSummary(source, metric, value, counts);
}

function readList(source: JsonObject, metric: string): EpisodeReading | null {
  const list = listIn(source, episodeKeys(metric));
  return list && readValues(list, 'episodes');
}

function episodeKeys(metric: string): string[] {
  return [
    ...(isSameMetric(metric, 'reward') ? rewardLists : []),
    ...namesOf(metric).flatMap((name) => [`episode_${name}`, `${name}_per_episode`, `${name}_values`]),
  ];
}

function readSeeds(source: JsonObject, metric: string): EpisodeReading | null {
  const seeds = listIn(source, [`${metric}_per_seed`]);
  if (!seeds || seeds.length < 2) return null;
  if (seeds.every((value) => value === seeds[0]))
    return readOneSeed(listIn(source, episodeKeys(metric)), seeds.length);
  return readValues(seeds, 'seeds');
}

/** Of seeds that all came to the very same: an evaluator that passes its seed over plays the same episodes each time, and they count once. */
function readOneSeed(episodes: readonly Json[] | null, seeds: number): EpisodeReading {
  const each = (episodes?.length ?? 0) / seeds;
  const first = episodes?.slice(0, each) ?? [];
  const isSame = first.length > 0 && episodes?.every((value, index) => value === first[index % each]);
  if (!(Number.isInteger(each) && isSame))
    return { why: 'all seeds came to the very same, so nobody knows how far it scatters' };
  const reading = readValues(first, 'episodes');
  return 'sample' in reading ? { ...reading, basis: `${reading.basis}, the same of each seed` } : reading;
}

function listIn(source: JsonObject, keys: readonly string[]): Json[] | null {
  return keys.map((key) => ownValue(source, key)).find(Array.isArray) ?? null;
}

function readValues(list: readonly Json[], what: string): EpisodeReading {
  const values = list.map(toNumber).filter((each) => each !== null);
  if (values.length < list.length) return { why: `the values of its ${what} are not all numbers` };
  const sample = sampleOf(values);
  if (!sample) return { why: `it takes two ${what} or more, all of them finite` };
  return { sample, basis: `${sample.count} ${what} on record` };
}

function readSummary(
  source: JsonObject,
  metric: string,
  mean: number,
  counts: readonly string[],
): EpisodeReading | null {
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
