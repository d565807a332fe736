import type { MetricSource } from '../../../../shared/model/metric-source.ts';
import type { MetricValues } from '../../../../shared/model/metric-values.ts';
import type { Measurable } from './metric-log.ts';
import type { NamedEpochs } from './named-epochs.ts';

/** So many metrics, one after another, of one file, measured at one place in training; NaN where the file names the version itself. */
export interface Origin {
  count: number;
  file: string;
  at: number;
}

/** What was measured of one version. Versions of which the same was measured share what is in it. */
export interface Measured {
  /** Its reward, where nothing else tells one. */
  reward: number | null;
  /** How far its training was, where nothing else tells and a log does that names it. */
  step: number | null;
  /** Under the names that frameworks have for them. Versions that were measured alike share the list of names. */
  metrics: MetricValues;
  /** What they are from, in their order. */
  origins: readonly Origin[];
  /** A sentence for each way in which it does not fit the version. */
  problems: readonly string[];
}

/** What was measured of the versions of a run. */
export interface Measurements {
  /** Takes in which epochs names of versions without a step tell. @returns whether they were others */
  noteEpochs(epochs: NamedEpochs | null): boolean;
  /** Null where it says nothing of the version. */
  of(version: Measurable): Measured | null;
  /** Where each of its metrics is from, and its reward, which is called so. */
  sourcesOf(version: Measurable): MetricSource[];
  /** What tells the measurement behind its value of a metric from others; null where there is none, or it is told of that version alone. */
  measurementOf(version: Measurable, metric: string): string | null;
  /** The rewards of the episodes behind its reward; null where they are not on record. */
  episodesOf(version: Measurable): readonly number[] | null;
}

/** Where what was measured of a version is from. */
export interface MeasuredOrigin {
  sources: readonly MetricSource[];
  /** The rewards of the episodes behind its reward; null where they are not on record. */
  episodes: readonly number[] | null;
}

export const noOrigin: MeasuredOrigin = { sources: [], episodes: null };

const noMetrics: MetricValues = { names: [], values: [], at: 0 };

export const unmeasured: Measured = {
  reward: null,
  step: null,
  metrics: noMetrics,
  origins: [],
  problems: [],
};

/** Whether the same was measured, by the same files. */
export function sameMeasured(one: Measured | null, other: Measured | null): boolean {
  if (one === null || other === null || one === other) return one === other;
  return (
    Object.is(one.reward, other.reward) &&
    one.step === other.step &&
    sameList(one.problems, other.problems) &&
    sameOrigins(one.origins, other.origins) &&
    sameMetrics(one.metrics, other.metrics)
  );
}

function sameOrigins(one: readonly Origin[], other: readonly Origin[]): boolean {
  return (
    one === other ||
    (one.length === other.length &&
      one.every(({ count, file, at }, index) => {
        const like = other[index];
        return count === like?.count && file === like.file && Object.is(at, like.at);
      }))
  );
}

function sameMetrics(one: MetricValues, other: MetricValues): boolean {
  if (!sameList(one.names, other.names)) return false;
  for (let index = 0; index < one.names.length; index += 1)
    if (!Object.is(one.values[one.at + index], other.values[other.at + index])) return false;
  return true;
}

export function sameList<T>(one: readonly T[], other: readonly T[]): boolean {
  return (
    one === other ||
    (one.length === other.length && one.every((each, index) => Object.is(each, other[index])))
  );
}
