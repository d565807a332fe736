import type { Axis, Measurable, MetricLog, MetricSeries, Place } from './metric-log.ts';
import { epochOf, type NamedEpochs, shiftOfEpochs } from './named-epochs.ts';

/** So many of its logging intervals a value counts: what is logged after so many episodes is not logged at equal distances. */
export const mostIntervals = 2;

/** Where in training measurements were made; several series of a log may share it. */
type Places = Pick<MetricSeries, 'at' | 'alsoAt'>;

/**
 * Which of the measurements of a series, or of several that were made at the same places, counts for a version: the one at its very step; else
 * the last one before it, unless that is farther away than two logging intervals, the median distance between two measurements. A series of one
 * measurement, one that counts epochs or iterations, and one of evaluations (`isExact`) counts for its very place alone, as all do for what a
 * save left unfinished. Of two at one place the later one counts.
 */
export class PlaceFinder {
  readonly #places: Places;
  readonly #log: MetricLog;
  /** How far measurements are apart; 0 where each counts for its place alone. */
  readonly interval: number;
  /** How far after a measurement it counts. */
  readonly reach: number;
  #exact: ReadonlyMap<number, number> | null = null;
  #also: ReadonlyMap<number, number> | null = null;
  /** Of the series that share it one after another is asked for the same place. */
  #last: { place: Place; index: number } | null = null;

  constructor(log: MetricLog, places: Places) {
    this.#log = log;
    this.#places = places;
    this.interval = log.axis === 'step' && !log.isExact ? medianDistance(places.at) : 0;
    this.reach = mostIntervals * this.interval;
  }

  /** @returns the index of the measurement; -1 for none */
  indexAt(place: Place): number {
    if (this.#last?.place === place) return this.#last.index;
    const index = place.epochs ? this.#indexOfEpoch(place.at, place.epochs) : this.#find(place);
    this.#last = { place, index };
    return index;
  }

  #find({ axis, at, isExact }: Place): number {
    const { at: places, alsoAt } = this.#places;
    if (axis === this.#log.axis) {
      if (isExact || this.#log.isExact || axis !== 'step') {
        this.#exact ??= lastIndices(places);
        return this.#exact.get(at) ?? -1;
      }
      return this.#indexBefore(at);
    }
    if (axis !== this.#log.also || !alsoAt) return -1;
    this.#also ??= lastIndices(alsoAt);
    return this.#also.get(at) ?? -1;
  }

  #indexOfEpoch(at: number, epochs: NamedEpochs): number {
    const shift = shiftOfEpochs(this.#places.at, epochs);
    if (shift === null) return -1;
    this.#exact ??= lastIndices(this.#places.at);
    return this.#exact.get(at + shift) ?? -1;
  }

  /** The place of the last measurement that is not beyond this one, however far back; NaN for none. */
  lastBefore(at: number): number {
    return this.#places.at[this.#countUpTo(at) - 1] ?? Number.NaN;
  }

  #indexBefore(at: number): number {
    const index = this.#countUpTo(at) - 1;
    return index >= 0 && at - (this.#places.at[index] ?? 0) <= this.reach ? index : -1;
  }

  #countUpTo(at: number): number {
    const { at: places } = this.#places;
    let [low, high] = [0, places.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((places[middle] ?? 0) <= at) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/**
 * Where a version stands by the log itself, else by its own step, else by the epoch in its name; null where nothing tells.
 * @param epochs of all versions without a step: a log that counts steps may count epochs in their place
 */
export function placeIn(
  log: MetricLog,
  version: Measurable,
  epochs: NamedEpochs | null = null,
): Place | null {
  if (log.isAbout?.(version.id) === false) return null;
  const told = log.placeOf?.(version) ?? null;
  return told ?? placeByStep(log, version) ?? byEpoch(log, version, epochs);
}

function byEpoch(log: MetricLog, { id, step }: Measurable, epochs: NamedEpochs | null): Place | null {
  const epoch = epochOf(id);
  if (epoch === null) return null;
  if (counts(log, 'epoch')) return { axis: 'epoch', at: epoch };
  const isAlone = log.axis === 'step' && log.also === null && step === null;
  return epochs && isAlone ? { axis: 'epoch', at: epoch, epochs } : null;
}

/** Where a version stands by its own step; null for none that the log counts. */
export function placeByStep(log: MetricLog, version: Measurable): Place | null {
  if (version.step === null || !counts(log, 'step')) return null;
  // What was logged last before a save that came to no end need not be of that training.
  return { axis: 'step', at: version.step, ...(version.state === 'torn' ? { isExact: true } : {}) };
}

function counts({ axis, also }: MetricLog, wanted: Axis): boolean {
  return axis === wanted || also === wanted;
}

function lastIndices(places: Float64Array): ReadonlyMap<number, number> {
  return new Map(Array.from(places, (at, index) => [at, index]));
}

/** Of so many distances, spread evenly, the median is as good as of all. */
const mostDistances = 2000;

function medianDistance(places: Float64Array): number {
  const count = Math.min(places.length - 1, mostDistances);
  if (count < 1) return 0;
  const distances = new Float64Array(count);
  for (let index = 0; index < count; index += 1) {
    const from = Math.floor((index * (places.length - 1)) / count);
    distances[index] = (places[from + 1] ?? 0) - (places[from] ?? 0);
  }
  return distances.sort()[count >> 1] ?? 0;
}
