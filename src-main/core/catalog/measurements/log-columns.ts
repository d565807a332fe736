import { SeriesFinder } from './find-in-series.ts';
import type { MetricLog, MetricSeries } from './metric-log.ts';

/** What was read of one file of measurements. */
export interface ReadLog {
  /** Relative to the run. */
  file: string;
  /** What logs have in common that are one: the event files of a folder, the later ones going on where the earlier ones ended. */
  group: string;
  log: MetricLog;
}

/** A metric in one file. */
export interface ColumnPart {
  read: ReadLog;
  finder: SeriesFinder;
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
  for (const read of logs) for (const series of read.log.series) addPart(byName, read, series);
  return [...byName].flatMap(([name, columns]) => {
    const alike = divideAlike(columns);
    return alike.map((some) => ({
      name,
      shownAs: alike.length === 1 && name !== 'reward' ? name : nameWithSource(name, some),
      columns: some,
    }));
  });
}

function addPart(byName: Map<string, LogColumn[]>, read: ReadLog, series: MetricSeries): void {
  const columns = byName.get(series.name) ?? [];
  byName.set(series.name, columns);
  const part = { read, finder: new SeriesFinder(read.log, series) };
  const known = columns.find(({ group }) => group === read.group);
  if (known) known.parts.push(part);
  else columns.push({ group: read.group, parts: [part] });
}

function divideAlike(columns: readonly LogColumn[]): LogColumn[][] {
  const alike: LogColumn[][] = [];
  for (const column of columns) {
    const same = alike.find(([first]) => first && agree(first, column));
    if (same) same.push(column);
    else alike.push([column]);
  }
  return alike;
}

const nameWithSource = (name: string, [first]: readonly LogColumn[]): string => `${name}@${first?.group}`;

function agree(one: LogColumn, other: LogColumn): boolean {
  const pairs = one.parts.flatMap((a) => other.parts.map((b) => [a, b] as const));
  const comparable = pairs.filter(([a, b]) => a.read.log.axis === b.read.log.axis);
  const common = comparable.map(([a, b]) => compare(a.finder.series, b.finder.series));
  return !common.includes(null) && common.some((count) => count !== null && count > 0);
}

/** How many places two series have in common; null where they differ in one. */
function compare(one: MetricSeries, other: MetricSeries): number | null {
  const values = new Map(Array.from(one.at, (at, index) => [at, one.values[index] ?? 0]));
  let common = 0;
  for (const [index, at] of other.at.entries()) {
    const value = values.get(at);
    if (value === undefined) continue;
    if (!Object.is(Math.fround(value), Math.fround(other.values[index] ?? 0))) return null;
    common += 1;
  }
  return common;
}
