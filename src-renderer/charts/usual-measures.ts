import { hasNumbers, isEqualColumn } from '../plot/extent.ts';
import type { VersionList } from '../versions/version-list.ts';
import type { ChartMeasure } from './chart-measures.ts';

/** What charts show of a run until somebody chooses otherwise, by the ids of measures. */
export interface Usual {
  /** What the versions go along; null where a run has nothing of that kind. */
  along: string | null;
  /** How many versions that were saved last say that their step is 0, though earlier ones had more: nobody told it to them. */
  stepless: number;
  /** What goes up and across in a scatter, the first first. */
  scatter: readonly string[];
  strips: readonly string[];
  axes: readonly string[];
}

/** What a run goes along, the first first. */
export const alongIds = ['step', 'time', 'version', 'episode', 'metric:epoch'];

/** What a training tells that saves. */
const counted: ReadonlySet<string> = new Set(['step', 'episode']);

const [stripsAtFirst, axesAtFirst] = [2, 5];

/**
 * The reward and what ranks the run first, against Sharpe; never what no version has, nor what says the same as another.
 * @param isRanking whether a measure ranks a run
 */
export function usualOf(
  measures: readonly ChartMeasure[],
  list: VersionList,
  isRanking: (measure: ChartMeasure) => boolean,
): Usual {
  const stepless = countStepless(measures, list);
  const along = usualAlong(measures, list, stepless > 0);
  const ranking = measures.find(isRanking)?.id;
  const leading = telling(inOrder(measures, ['reward', ranking], along), list, stripsAtFirst);
  const across = telling(inOrder(measures, [leading[0]?.id, 'metric:sharpe', ranking], along), list, 2);
  const measured = leading.filter(({ id, metric }) => metric !== null && !alongIds.includes(id));
  const ids = (found: readonly ChartMeasure[]) => found.map(({ id }) => id);
  return {
    along,
    stepless,
    scatter: ids(across),
    strips: ids(measured.length > 0 ? measured : leading.filter(({ id }) => id !== along)),
    axes: ids(telling(inOrder(measures, [], along), list, axesAtFirst)),
  };
}

/** These first, then metrics, then what the versions go along, then all else; no hyperparameter, which would have to be read. */
function inOrder(
  measures: readonly ChartMeasure[],
  first: readonly (string | undefined)[],
  along: string | null,
): ChartMeasure[] {
  const rank = ({ id, metric }: ChartMeasure) => {
    if (first.includes(id)) return first.indexOf(id) - first.length;
    if (id === along) return 1;
    return metric === null || alongIds.includes(id) ? 2 : 0;
  };
  return measures
    .filter(({ hyperparameter }) => hyperparameter === null)
    .toSorted((one, other) => rank(one) - rank(other));
}

/** The first that some version has and that are equal to none before; columns are made of no more than it takes to find them. */
function telling(measures: readonly ChartMeasure[], list: VersionList, count: number): ChartMeasure[] {
  const found: ChartMeasure[] = [];
  for (const measure of measures) {
    if (found.length === count) break;
    const values = list.numbers(measure);
    if (hasNumbers(values) && !found.some((other) => isEqualColumn(list.numbers(other), values)))
      found.push(measure);
  }
  return found;
}

/** What most of the versions have of all that a run may go along; the first of those that as many have. */
function usualAlong(
  measures: readonly ChartMeasure[],
  list: VersionList,
  areStepless: boolean,
): string | null {
  const ids = areStepless ? alongIds.filter((id) => !counted.has(id)) : alongIds;
  const along = ids.flatMap((id) => measures.find((measure) => measure.id === id) ?? []);
  const rows = someRows(list);
  const shares = along.map(({ of }) => rows.filter((row) => Number.isFinite(of(row) ?? Number.NaN)).length);
  return along[shares.indexOf(Math.max(...shares))]?.id ?? null;
}

function countStepless(measures: readonly ChartMeasure[], list: VersionList): number {
  const [step, time] = ['step', 'time'].map((wanted) => measures.find(({ id }) => id === wanted));
  // The columns of a long run are not made for nothing.
  if (!step || !time || !list.latest || step.of(list.latest) !== 0) return 0;
  const [steps, times] = [list.numbers(step), list.numbers(time)];
  const last = list
    .slots()
    .reduce((latest, slot) => ((steps[slot] ?? 0) > 0 ? Math.max(latest, times[slot] || latest) : latest), 0);
  return last === 0
    ? 0
    : list.slots().filter((slot) => steps[slot] === 0 && (times[slot] ?? 0) > last).length;
}

/** Of very many versions some, evenly taken, tell what most have. */
const enough = 500;

function someRows(list: VersionList) {
  const slots = list.slots();
  const every = Math.max(1, Math.floor(slots.length / enough));
  return Array.from(
    { length: Math.ceil(slots.length / every) },
    (_, index) => list.rowIn(slots[index * every] ?? -1) ?? [],
  ).flat();
}
