import { isIntactSoFar } from '../../shared/model/integrity.ts';
import { metricReader, type SelectionMetric } from '../../shared/model/metric.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
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

/** Of one group: what its columns come to, and its best version, as far as somebody asked. */
interface Known {
  amounts: Map<string, Amounts | null>;
  best?: VersionRow | null;
}

/** What groups come to, worked out when a heading is first shown and kept until other rows are shown. */
export class GroupSummaries {
  readonly #list: VersionList;
  readonly #metric: Pick<SelectionMetric, 'name' | 'mode'>;
  readonly #known = new Map<string, Known>();
  #shown: Uint32Array | null = null;

  constructor(list: VersionList, metric: Pick<SelectionMetric, 'name' | 'mode'>) {
    this.#list = list;
    this.#metric = metric;
  }

  /** Null where the column has no numbers, or none of the group's rows has one. */
  amounts(group: RowGroup, { id, amount }: Pick<TableColumn, 'id' | 'amount'>): Amounts | null {
    if (!amount) return null;
    const { amounts } = this.#knownOf(group);
    const known = amounts.get(id);
    if (known !== undefined) return known;
    const sums = sumUp(this.#list.rowsOf(group), amount.of);
    amounts.set(id, sums);
    return sums;
  }

  /** The version with the best value of the run's metric, of those against which nothing speaks. */
  best(group: RowGroup): VersionRow | null {
    const known = this.#knownOf(group);
    if (known.best === undefined) known.best = bestOf(this.#list.rowsOf(group), this.#metric);
    return known.best;
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

function sumUp(rows: Iterable<VersionRow>, of: (row: VersionRow) => number | null): Amounts | null {
  let [count, sum, min, max] = [0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const row of rows) {
    const value = of(row);
    if (value === null || !Number.isFinite(value)) continue;
    count += 1;
    sum += value;
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  return count === 0 ? null : { count, min, mean: sum / count, max };
}

function bestOf(
  rows: Iterable<VersionRow>,
  { name, mode }: Pick<SelectionMetric, 'name' | 'mode'>,
): VersionRow | null {
  const read = metricReader(name);
  const sign = mode === 'max' ? 1 : -1;
  let [best, highest]: [VersionRow | null, number] = [null, Number.NEGATIVE_INFINITY];
  for (const row of rows) {
    const value = read(row);
    if (value === null || !Number.isFinite(value) || !isIntactSoFar(row.integrity.state)) continue;
    if (value * sign <= highest) continue;
    [best, highest] = [row, value * sign];
  }
  return best;
}
