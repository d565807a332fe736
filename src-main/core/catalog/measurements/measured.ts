import type { MetricSource } from '../../../../shared/model/metric-source.ts';
import type { MetricValues } from '../../../../shared/model/metric-values.ts';
import type { Measurable } from './metric-log.ts';

/** What was measured of one version. */
export interface Measured {
  /** Its reward, where nothing else tells one. */
  reward: number | null;
  /** Under the names that frameworks have for them. Versions that were measured alike share the list of names. */
  metrics: MetricValues;
  /** Which file each of them is from, and where in training it was measured; NaN where a file names the version itself. */
  files: readonly string[];
  at: readonly number[];
  /** A sentence for each way in which it does not fit the version. */
  problems: readonly string[];
}

/** What was measured of the versions of a run. */
export interface Measurements {
  /** Null where it says nothing of the version. */
  of(version: Measurable): Measured | null;
  /** Where each of its metrics is from, and its reward, which is called so. */
  sourcesOf(version: Measurable): MetricSource[];
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

export const unmeasured: Measured = { reward: null, metrics: noMetrics, files: [], at: [], problems: [] };

/** Whether the same was measured, by the same files. */
export function sameMeasured(one: Measured | null, other: Measured | null): boolean {
  if (one === null || other === null || one === other) return one === other;
  return (
    Object.is(one.reward, other.reward) &&
    sameList(one.problems, other.problems) &&
    sameList(one.files, other.files) &&
    sameList(one.at, other.at) &&
    sameList(one.metrics.names, other.metrics.names) &&
    sameList(Array.from(one.metrics.values), Array.from(other.metrics.values))
  );
}

function sameList<T>(one: readonly T[], other: readonly T[]): boolean {
  return one.length === other.length && one.every((each, index) => Object.is(each, other[index]));
}
