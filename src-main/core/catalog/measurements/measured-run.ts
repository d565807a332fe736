import { isRewardName } from '../../../../shared/model/metric.ts';
import type { MetricSource } from '../../../../shared/model/metric-source.ts';
import type { Problem } from '../../../../shared/model/run.ts';
import { meanInterval, sampleOf } from '../../../../shared/statistics/mean-interval.ts';
import { formatCount } from '../../formats/plain-text.ts';
import { placeIn } from './find-in-series.ts';
import { KeptMeasured, MeasuredDraft } from './kept-measured.ts';
import {
  arrangeMetrics,
  type ColumnPart,
  type LogColumn,
  type ReadLog,
  type ShownMetric,
} from './log-columns.ts';
import type { Measured, Measurements } from './measured.ts';
import { type Measurable, ownIteration, type Place } from './metric-log.ts';
import type { NamedEpochs } from './named-epochs.ts';
import { findRetrained, isOfOther, type Shared } from './retrained.ts';

/** Names that plainly are the reward of an episode, the surest first: of evaluations before those of training. */
const rewards = [
  ...['eval_mean_reward', 'eval/mean_reward', 'rollout/ep_rew_mean', 'charts/episodic_return'],
  ...['env_runners/episode_return_mean', 'env_runners/episode_reward_mean', 'episode_return_mean'],
  ...['episode_reward_mean', 'mean_reward', 'monitor_mean_reward', 'test/reward'],
];

const mostMetrics = 1000;

/** The surest of those there are; null where files disagree on it: they may be of several trainings. */
function theReward(metrics: readonly ShownMetric[]): ShownMetric | null {
  const known = rewards.map((name) => metrics.filter((metric) => metric.name === name));
  const [only = null, ...others] = known.find(({ length }) => length > 0) ?? [];
  return others.length > 0 ? null : only;
}

/** A measurement that counts for a version. */
interface Found {
  read: ReadLog;
  place: Place;
  at: number;
  value: number;
}

/** What a log says of a version by its name. */
type Said = readonly [metric: string, value: number, file: string];

/** What was measured of a version, and what of it that goes by. */
interface Known extends Pick<Measurable, 'step' | 'state'> {
  iteration: number | null;
  measured: Measured | null;
}

type Places = ReadonlyMap<ReadLog, Place>;

/** What versions may have in common. */
type Common = Omit<Measured, 'problems'>;

/**
 * What several files tell of the versions of a run, joined. Which measurement counts for a version is told by `PlaceFinder`, which metrics
 * are one by `arrangeMetrics`. The reward of all versions is the same metric, the first of those known to be one that the run has.
 */
export class MeasuredRun implements Measurements {
  /** What is left out, in words. */
  readonly problems: readonly Problem[];
  /** Each with the folder of a version of Lightning that it is in; null for none. */
  readonly #logs: ReadonlyMap<ReadLog, string | null>;
  readonly #retrained: ReadonlyMap<ReadLog, readonly Shared[]>;
  readonly #metrics: readonly ShownMetric[];
  readonly #shown: ReadonlySet<string>;
  readonly #reward: ShownMetric | null;
  readonly #known = new Map<string, Known>();
  readonly #kept: KeptMeasured;
  /** By what tells them from others: many trainings save more often than they log. */
  readonly #common = new Map<string, Common>();
  readonly #finders: readonly ColumnPart[];
  #epochs: NamedEpochs | null = null;

  constructor(logs: readonly ReadLog[]) {
    const all = clocksLast(arrangeMetrics(logs));
    this.#logs = new Map(logs.map((read) => [read, versionFolder(read.file)]));
    this.#retrained = findRetrained(logs);
    this.#metrics = all.slice(0, mostMetrics);
    this.#shown = new Set(this.#metrics.map(({ shownAs }) => shownAs));
    this.problems = all.length > mostMetrics ? [tooMany(all)] : [];
    this.#reward = theReward(this.#metrics);
    const parts = this.#metrics.flatMap(({ columns }) => columns.flatMap((column) => column.parts));
    this.#finders = [...new Map(parts.map((part) => [part.finder, part])).values()];
    this.#kept = new KeptMeasured((metric) => this.#metrics[metric]?.shownAs ?? '');
  }

  noteEpochs(epochs: NamedEpochs | null): boolean {
    if (JSON.stringify(epochs) === JSON.stringify(this.#epochs)) return false;
    this.#epochs = epochs;
    this.#known.clear();
    return true;
  }

  of(version: Measurable): Measured | null {
    const known = this.#known.get(version.id);
    const { id, step, state } = version;
    const iteration = ownIteration(version);
    if (known && known.step === step && known.state === state && known.iteration === iteration)
      return known.measured;
    const measured = this.#measure(version);
    this.#known.set(id, { step, state, iteration, measured });
    return measured;
  }

  sourcesOf(version: Measurable): MetricSource[] {
    const places = this.#placesOf(version);
    const all = this.#metrics.flatMap((metric) => {
      const found = findIn(metric, places);
      return found ? [sourceOf(metric.shownAs, found)] : [];
    });
    const reward = this.#reward && findIn(this.#reward, places);
    const said = this.#saidOf(version).map(([metric, , file]) => ({ ...nameless, metric, file }));
    return [...(reward ? [sourceOf('reward', reward)] : []), ...all, ...said];
  }

  measurementOf(version: Measurable, metric: string): string | null {
    const shown = isRewardName(metric)
      ? this.#reward
      : this.#metrics.find(({ shownAs }) => shownAs === metric);
    const found = shown && findIn(shown, this.#placesOf(version));
    return found ? `${found.read.file}\0${found.at}` : null;
  }

  episodesOf(version: Measurable): readonly number[] | null {
    const reward = this.#reward && findIn(this.#reward, this.#placesOf(version));
    return reward?.read.log.episodesAt?.(reward.at) ?? null;
  }

  #measure(version: Measurable): Measured | null {
    const places = this.#placesOf(version);
    const said = this.#saidOf(version);
    const common = said.length > 0 ? this.#find(places, said) : this.#commonOf(version, places);
    const problems = [...places.values()].flatMap((place) => place.problems ?? []);
    return common.metrics.names.length + problems.length === 0 && common.step === null
      ? null
      : { ...common, problems };
  }

  /** The same for all versions for which the same measurements count. */
  #commonOf(version: Measurable, places: Places): Common {
    const indices = this.#finders.map(({ read, finder }) => {
      const place = places.get(read);
      return place ? finder.indexAt(place) : -1;
    });
    const key = `${indices.join()} ${distancesOf(version, places)}`;
    const common = this.#common.get(key) ?? this.#find(places, []);
    this.#common.set(key, common);
    return common;
  }

  #find(places: Places, said: readonly Said[]): Common {
    const draft = new MeasuredDraft();
    for (const [index, metric] of this.#metrics.entries()) {
      const found = findIn(metric, places);
      if (found) draft.add(index, found.value, found.read.file, found.at);
    }
    for (const [name, value, file] of said) draft.add(name, value, file, Number.NaN);
    const reward = this.#reward && findIn(this.#reward, places);
    return { reward: reward?.value ?? null, step: this.#stepAt(places), ...this.#kept.keep(draft) };
  }

  /** How many steps a log counts in the line that it names a version in by something else. */
  #stepAt(places: Places): number | null {
    for (const { read, series, finder } of this.#finders) {
      const place = places.get(read);
      if (!place || place.axis === 'step' || read.log.axis !== 'step' || !read.log.placeOf) continue;
      const index = finder.indexAt(place);
      if (index >= 0) return placeAt(series.at, index);
    }
    return null;
  }

  /** A log of one of Lightning's `version_N` tells nothing of checkpoints that are in another. */
  #placesOf(version: Measurable): Places {
    const own = versionFolder(version.id);
    const places = new Map<ReadLog, Place>();
    for (const [read, folder] of this.#logs) {
      const isAbout = own === null || folder === null || own === folder;
      const place = isAbout ? this.#placeIn(read, version) : null;
      if (place) places.set(read, place);
    }
    return places;
  }

  /** Null too where the version is of a training that another file is about. */
  #placeIn(read: ReadLog, version: Measurable): Place | null {
    const place = placeIn(read.log, version, this.#epochs);
    return place && isOfOther(place, this.#retrained.get(read) ?? []) ? null : place;
  }

  /** What logs say of a checkpoint that they name, the later ones before the earlier ones. */
  #saidOf({ id }: Measurable): Said[] {
    const said = new Map<string, Said>();
    const parts = id.split('/');
    for (const { file, log } of this.#logs.keys())
      for (const part of parts)
        for (const [name, value] of log.said?.get(part) ?? []) said.set(name, [name, value, file]);
    return [...said.values()].filter(([name]) => !this.#shown.has(name));
  }
}

/** What was measured of the model is read before how fast it was trained. */
function clocksLast(metrics: readonly ShownMetric[]): ShownMetric[] {
  const isClock = ({ name }: ShownMetric) => /^(?:time|perf|timers)(?:[/_]|$)/.test(name);
  return [...metrics.filter((each) => !isClock(each)), ...metrics.filter(isClock)];
}

/**
 * What tells, together with the measurements that count by each log, which of these is the nearest: how far the places of a version in them are
 * apart; these places themselves where they cannot be subtracted.
 */
function distancesOf({ step }: Measurable, places: Places): string {
  const all = [...places];
  const isApart = all.every(([{ log }, { axis, at }]) => axis === log.axis && Number.isSafeInteger(at));
  const from = isApart && Number.isSafeInteger(step) ? Number(step) : 0;
  return all.map(([{ file }, { axis, at }]) => `${file} ${axis} ${at - from}`).join();
}

/** The nearest of those that its columns have: they agree, but one may have logged more often. */
function findIn({ columns }: ShownMetric, places: Places): Found | null {
  let nearest: Found | null = null;
  for (const column of columns) {
    const found = findInColumn(column, places);
    if (found && (nearest === null || behindOf(found) < behindOf(nearest))) nearest = found;
  }
  return nearest;
}

/** How far before the version it was measured; by another count than the log's own it is the version's very place. */
function behindOf({ read, place, at }: Found): number {
  return place.axis === read.log.axis ? place.at - at : 0;
}

/** Where training was taken up again, a later file has what happened since. */
function findInColumn({ parts }: LogColumn, places: Places): Found | null {
  for (let last = parts.length - 1; last >= 0; last -= 1) {
    const { read, series, finder } = parts[last] as ColumnPart;
    const place = places.get(read);
    const index = place ? finder.indexAt(place) : -1;
    if (place && index >= 0)
      return { read, place, at: placeAt(series.at, index), value: placeAt(series.values, index) };
  }
  return null;
}

const placeAt = (numbers: Float64Array, index: number): number => numbers[index] ?? Number.NaN;

function versionFolder(path: string): string | null {
  return /^(?:.*\/)?version_\d+(?=\/)/.exec(path)?.[0] ?? null;
}

const nameless = {
  ...{ axis: null, at: null, behind: 0 },
  ...{ episodes: null, deviation: null, interval: null },
};

function sourceOf(metric: string, found: Found): MetricSource {
  const { read, at } = found;
  const where = { metric, file: read.file, axis: read.log.axis, at, behind: behindOf(found) };
  const isReward = metric === 'reward' || rewards.includes(metric);
  const sample = sampleOf((isReward && read.log.episodesAt?.(at)) || []);
  if (!sample) return { ...nameless, ...where };
  const { low, high } = meanInterval(sample);
  return { ...where, episodes: sample.count, deviation: sample.deviation, interval: [low, high] };
}

function tooMany(all: readonly ShownMetric[]): Problem {
  const last = all[mostMetrics]?.columns[0]?.parts[0]?.read.file ?? '';
  const problem = `a run is shown with ${formatCount(mostMetrics)} metrics: ${formatCount(all.length - mostMetrics)} more, from here on, are left out`;
  return { path: last, problem };
}
