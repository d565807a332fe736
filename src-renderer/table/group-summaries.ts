import { isIntactSoFar } from '../../shared/model/integrity.ts';
import { isSameRanking, metricReader, type SelectionMetric } from '../../shared/model/metric.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { parseTimestamp } from '../../shared/query/parse-timestamp.ts';
import { type Ranked, rankBest } from '../../shared/query/rank-versions.ts';
import type { RowGroup } from '../versions/arrange-groups.ts';
import type { VersionList } from '../versions/version-list.ts';
import type { TableColumn } from './columns.ts';

/** What the finite numbers of a group come to. */
export interface Amounts {
  count: number;
  min: number;
  mean: number;
  max: number;
}

type SummedColumn = Pick<TableColumn, 'id' | 'amount'>;

/** Of one group: what its columns come to, and its best version, as far as somebody asked. */
interface Known {
  amounts: Map<string, Amounts | null>;
  best?: VersionRow | 'mixed' | null;
}

type MetricOf = (row: VersionRow) => Pick<SelectionMetric, 'name' | 'mode'> | null;

/** What groups come to, worked out when a heading is first shown and kept until other rows are shown. */
export class GroupSummaries {
  readonly #list: VersionList;
  readonly #metricOf: MetricOf;
  readonly #known = new Map<string, Known>();
  #shown: Uint32Array | null = null;

  /** @param metricOf what ranks the versions of a version's run */
  constructor(list: VersionList, metricOf: MetricOf) {
    this.#list = list;
    this.#metricOf = metricOf;
  }

  /**
   * What the columns of numbers come to, by their ids; null where none of the group's rows has one. What is not known yet is summed up in
   * one pass: rows in another order than they came lie far apart in memory.
   */
  amounts(group: RowGroup, columns: readonly SummedColumn[]): ReadonlyMap<string, Amounts | null> {
    const { amounts } = this.#knownOf(group);
    const asked = columns.filter(({ id, amount }) => amount && !amounts.has(id));
    if (asked.length === 0) return amounts;
    const sums = asked.map(({ amount }) => new RunningSum(amount?.of ?? (() => null)));
    for (const row of this.#list.rowsOf(group)) for (const sum of sums) sum.add(row);
    for (const [index, { id }] of asked.entries()) amounts.set(id, sums[index]?.amounts ?? null);
    return amounts;
  }

  /**
   * The version with the best value of its run's metric, of those against which nothing speaks; `mixed` where its versions are of runs
   * that rank by different metrics.
   */
  best(group: RowGroup): VersionRow | 'mixed' | null {
    const known = this.#knownOf(group);
    if (known.best === undefined) known.best = this.#findBest(group);
    return known.best;
  }

  #findBest(group: RowGroup): VersionRow | 'mixed' | null {
    const ranking = rankingOf(this.#list.rowsOf(group), this.#metricOf);
    return ranking === 'mixed' ? 'mixed' : bestBy(this.#list.rowsOf(group), ranking);
  }

  /** The newest version. */
  last(group: RowGroup): VersionRow | null {
    return this.#list.newestOf(group) ?? null;
  }

  /** The same rows are in the same array: folding leaves it as it is. */
  #knownOf({ key }: RowGroup): Known {
    if (this.#shown !== this.#list.shown) this.#known.clear();
    this.#shown = this.#list.shown;
    const known = this.#known.get(key) ?? { amounts: new Map() };
    this.#known.set(key, known);
    return known;
  }
}

/** What finite numbers come to, one after another. */
class RunningSum {
  readonly #of: (row: VersionRow) => number | null;
  #count = 0;
  #sum = 0;
  #min = Number.POSITIVE_INFINITY;
  #max = Number.NEGATIVE_INFINITY;

  constructor(of: (row: VersionRow) => number | null) {
    this.#of = of;
  }

  add(row: VersionRow): void {
    const value = this.#of(row);
    if (value === null || !Number.isFinite(value)) return;
    this.#count += 1;
    this.#sum += value;
    if (value < this.#min) this.#min = value;
    if (value > this.#max) this.#max = value;
  }

  get amounts(): Amounts | null {
    const [count, min, max] = [this.#count, this.#min, this.#max];
    return count === 0 ? null : { count, min, mean: this.#sum / count, max };
  }
}

type Ranking = ReturnType<MetricOf>;

/** What ranks all of these versions; `mixed` where that differs from run to run. */
function rankingOf(rows: Iterable<VersionRow>, metricOf: MetricOf): Ranking | 'mixed' {
  const runs = new Set<string>();
  let ranking: Ranking = null;
  for (const row of rows) {
    if (runs.has(row.runId)) continue;
    const own = metricOf(row);
    if (runs.size > 0 && !isSameRanking(own, ranking)) return 'mixed';
    runs.add(row.runId);
    ranking = own;
  }
  return ranking;
}

/** On a tie as the badge goes: whatever the order that is shown. */
function bestBy(rows: Iterable<VersionRow>, ranking: Ranking): VersionRow | null {
  const ranked = valueBy(ranking);
  let [tied, highest]: [VersionRow[], number] = [[], Number.NEGATIVE_INFINITY];
  for (const row of rows) {
    const value = isIntactSoFar(row.integrity.state) ? ranked(row) : Number.NaN;
    if (value > highest) [tied, highest] = [[row], value];
    else if (value === highest) tied.push(row);
  }
  return rankBest(tied.map(asRanked), 'max')[0]?.row ?? null;
}

/** One of several with the same value. When its file was written is not known here. */
function asRanked(row: VersionRow): Ranked & { row: VersionRow } {
  const { id, kind, version: number, step, timestamp, integrity } = row;
  const time = parseTimestamp(timestamp);
  return { row, id, kind, number, step, value: 0, state: integrity.state, time, modifiedAt: 0 };
}

/** Higher is better; what cannot be ranked is NaN. */
function valueBy(by: Ranking): (row: VersionRow) => number {
  if (!by) return () => Number.NaN;
  const read = metricReader(by.name);
  const sign = by.mode === 'max' ? 1 : -1;
  return (row) => {
    const value = read(row);
    return value !== null && Number.isFinite(value) ? value * sign : Number.NaN;
  };
}
