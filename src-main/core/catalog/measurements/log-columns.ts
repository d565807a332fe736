import { PlaceFinder } from './find-in-series.ts';
import type { Axis, MetricLog, MetricSeries } from './metric-log.ts';

/** What was read of one file of measurements. */
export interface ReadLog {
  /** Relative to the run. */
  file: string;
  /** What logs have in common that are one: the event files of a folder, the later ones going on where the earlier ones ended. */
  group: string;
  log: MetricLog;
  /** Whether it is about one version alone, and is no part of the course of a training that others of the group tell. */
  isOfOne?: boolean;
}

/** A metric in one file. */
export interface ColumnPart {
  read: ReadLog;
  series: MetricSeries;
  /** The same for all series of the log that share their places. */
  finder: PlaceFinder;
}

/** A metric in one group of files, the later ones last. */
export interface LogColumn {
  group: string;
  parts: ColumnPart[];
}

/** A metric as it is shown: from the first of the columns that has it. All of them agree. */
export interface ShownMetric {
  /** What its files call it. */
  name: string;
  /** Where others of that name tell otherwise, with where it is from. */
  shownAs: string;
  columns: LogColumn[];
}

/**
 * The metrics of a run. Several files may log one: those that have the same values wherever both have one are one metric; others are shown
 * beside each other, each named with its source. TensorBoard keeps floats of 32 bits, so that equal means equal to that precision. Columns
 * that have no place in common cannot be told to be one. What a log calls `reward` may be that of a step: it is named with its source, for
 * the reward of a version is called so.
 */
export function arrangeMetrics(logs: readonly ReadLog[]): ShownMetric[] {
  const byName = new Map<string, LogColumn[]>();
  for (const part of logs.flatMap(partsOf)) addPart(byName, part);
  return [...byName].flatMap(([name, columns]) => {
    const alike = divideAlike(columns);
    return alike.map((some) => ({
      name,
      shownAs: alike.length === 1 && name !== 'reward' ? name : nameWithSource(name, some),
      columns: some,
    }));
  });
}

function partsOf(read: ReadLog): ColumnPart[] {
  const finders = new Map<Float64Array, PlaceFinder>();
  return read.log.series.map((series) => {
    const finder = finders.get(series.at) ?? new PlaceFinder(read.log, series);
    finders.set(series.at, finder);
    return { read, series, finder };
  });
}

function addPart(byName: Map<string, LogColumn[]>, part: ColumnPart): void {
  const { name } = part.series;
  const { group } = part.read;
  const columns = byName.get(name) ?? [];
  byName.set(name, columns);
  const known = columns.find((column) => column.group === group);
  if (known) known.parts.push(part);
  else columns.push({ group, parts: [part] });
}

function divideAlike(columns: readonly LogColumn[]): LogColumn[][] {
  const alike: Compared[][] = [];
  for (const column of columns) {
    const compared = { column, parts: column.parts.map((part) => new ComparedPart(part)) };
    const same = alike.find(([first]) => first && agree(first, compared));
    if (same) same.push(compared);
    else alike.push([compared]);
  }
  return alike.map((some) => some.map(({ column }) => column));
}

const nameWithSource = (name: string, [first]: readonly LogColumn[]): string => `${name}@${first?.group}`;

/** A column as it is compared with many others. */
interface Compared {
  column: LogColumn;
  parts: readonly ComparedPart[];
}

class ComparedPart {
  readonly axis: Axis;
  readonly series: MetricSeries;
  readonly isAscending: boolean;
  #values: ReadonlyMap<number, number> | null = null;

  constructor({ read, series }: ColumnPart) {
    this.axis = read.log.axis;
    this.series = series;
    this.isAscending = isAscending(series.at);
  }

  /** By place. Of two at one place the later one counts. */
  get values(): ReadonlyMap<number, number> {
    const { at, values } = this.series;
    this.#values ??= new Map(Array.from(at, (place, index) => [place, values[index] ?? 0]));
    return this.#values;
  }
}

function agree(one: Compared, other: Compared): boolean {
  const pairs = one.parts.flatMap((a) => other.parts.map((b) => [a, b] as const));
  let common = 0;
  for (const [a, b] of pairs.filter(([a, b]) => a.axis === b.axis)) {
    const count = compare(a, b);
    if (count === null) return false;
    common += count;
  }
  return common > 0;
}

/** How many places two series have in common; null where they differ in one. */
function compare(one: ComparedPart, other: ComparedPart): number | null {
  return one.isAscending && other.isAscending
    ? compareInOrder(one.series, other.series)
    : compareByPlace(one.values, other.series);
}

/** Without a map of each of many series, which takes far longer than the comparison. */
function compareInOrder(one: MetricSeries, other: MetricSeries): number | null {
  let common = 0;
  let from = 0;
  for (let index = 0; index < other.at.length; index += 1) {
    const at = other.at[index] ?? 0;
    from = lastUpTo(one.at, at, from);
    if (one.at[from] !== at) continue;
    if (!isSame(one.values[from] ?? 0, other.values[index] ?? 0)) return null;
    common += 1;
  }
  return common;
}

/** The last index, from one on, of a place that is not beyond this one; that index itself where there is none. */
function lastUpTo(places: Float64Array, at: number, from: number): number {
  let index = from;
  while (index + 1 < places.length && (places[index + 1] ?? 0) <= at) index += 1;
  return index;
}

function compareByPlace(
  one: ReadonlyMap<number, number>,
  { at: places, values }: MetricSeries,
): number | null {
  let common = 0;
  for (const [index, at] of places.entries()) {
    const value = one.get(at);
    if (value === undefined) continue;
    if (!isSame(value, values[index] ?? 0)) return null;
    common += 1;
  }
  return common;
}

const isSame = (a: number, b: number): boolean => Object.is(Math.fround(a), Math.fround(b));

/** Whether every place is a number, and none is smaller than the one before it. */
function isAscending(places: Float64Array): boolean {
  let last = Number.NEGATIVE_INFINITY;
  return places.every((at) => {
    const isNext = at >= last;
    last = at;
    return isNext;
  });
}
