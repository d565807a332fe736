import { isProblem } from '../../shared/model/integrity.ts';
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

/** What groups come to, worked out when a heading is first shown and kept for as long as the group is the same. */
export class GroupSummaries {
  readonly #list: VersionList;
  readonly #metric: Pick<SelectionMetric, 'name' | 'mode'>;
  readonly #amounts = new WeakMap<RowGroup, Map<string, Amounts | null>>();
  readonly #best = new WeakMap<RowGroup, { row: VersionRow | null }>();

  constructor(list: VersionList, metric: Pick<SelectionMetric, 'name' | 'mode'>) {
    this.#list = list;
    this.#metric = metric;
  }

  /** Null where the column has no numbers, or none of the group's rows has one. */
  amounts(group: RowGroup, { id, amount }: Pick<TableColumn, 'id' | 'amount'>): Amounts | null {
    if (!amount) return null;
    const ofGroup = this.#amounts.get(group) ?? new Map<string, Amounts | null>();
    this.#amounts.set(group, ofGroup);
    const known = ofGroup.get(id);
    if (known !== undefined) return known;
    const amounts = sumUp(this.#list.rowsOf(group), amount.of);
    ofGroup.set(id, amounts);
    return amounts;
  }

  /** The version with the best value of the run's metric, of those against which nothing speaks. */
  best(group: RowGroup): VersionRow | null {
    const known = this.#best.get(group);
    if (known) return known.row;
    const row = bestOf(this.#list.rowsOf(group), this.#metric);
    this.#best.set(group, { row });
    return row;
  }

  /** The newest version. */
  last(group: RowGroup): VersionRow | null {
    return this.#list.newestOf(group) ?? null;
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
    if (value === null || !Number.isFinite(value) || isProblem(row.integrity.state)) continue;
    if (value * sign <= highest) continue;
    [best, highest] = [row, value * sign];
  }
  return best;
}
