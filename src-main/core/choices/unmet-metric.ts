import {
  isNameOpen,
  isRewardName,
  isSameMetric,
  type SelectionMetric,
} from '../../../shared/model/metric.ts';
import type { Problem } from '../../../shared/model/run.ts';
import { nearestName } from '../../../shared/query/language/nearest-name.ts';
import { escapeName } from '../catalog/escape-name.ts';
import type { ListedVersion } from '../catalog/listed-version.ts';
import { formatCount } from '../formats/plain-text.ts';

type Measured = Pick<ListedVersion, 'value' | 'metrics' | 'reward'>;

/** What is asked of a run's versions. */
interface MeasuredRun<T extends Measured> {
  versions: () => Iterable<T>;
  /** Whether a version may have other metrics too, which were not read yet. */
  isUnread: (version: T) => boolean;
}

/** So many metrics are named where none is near to the one that is meant. */
const mostNamed = 3;

/**
 * That no version has the metric by which a run's config tells the best, though others were measured: a slip that leaves the run without a best.
 * @param metric that the versions are ranked by
 * @param configured what would rank them without a person's choice
 * @param source where the config is
 */
export function problemsOfMetric<T extends Measured>(
  { name }: SelectionMetric,
  configured: SelectionMetric,
  source: string,
  { versions, isUnread }: MeasuredRun<T>,
): Problem[] {
  if (!isOfConfig(configured) || !isSameMetric(name, configured.name)) return [];
  const measured = namesUnless(versions(), (version) => version.value !== null || isUnread(version));
  if (measured.length === 0) return [];
  const problem = `best_model_selection_metric: no version has “${escapeName(name, 200)}”, so none is the best; ${adviceOf(name, measured)}`;
  return [{ path: source, problem }];
}

/** What {@link problemsOfMetric} found: a run in which no version has the metric is summed up often, and may be of a hundred thousand. */
export class UnmetMetric {
  #state: string | null = null;
  #problems: Problem[] = [];

  /** @param state another one whenever something else may be found */
  problemsIn(state: string, find: () => Problem[]): Problem[] {
    if (state !== this.#state) this.#problems = find();
    this.#state = state;
    return this.#problems;
  }
}

/** Whether the config names it, whatever it says of the direction. */
function isOfConfig(configured: SelectionMetric): boolean {
  return configured.source !== 'framework' && !isNameOpen(configured);
}

/** The names of all metrics, in the order met; none where some version is one of these. */
function namesUnless<T extends Measured>(versions: Iterable<T>, isOne: (version: T) => boolean): string[] {
  // Versions that share their names are looked through once.
  const shapes = new Set<readonly string[]>();
  let isRewarded = false;
  for (const version of versions) {
    if (isOne(version)) return [];
    isRewarded ||= version.reward !== null;
    shapes.add(version.metrics.names);
  }
  const names = new Set([...shapes].flat());
  const isNamed = [...names].some(isRewardName);
  return [...(isRewarded && !isNamed ? ['reward'] : []), ...names];
}

function adviceOf(name: string, measured: readonly string[]): string {
  const nearest = nearestName(name, measured);
  if (nearest !== null) return `did you mean “${escapeName(nearest, 200)}”?`;
  const first = measured.slice(0, mostNamed).map((each) => `“${escapeName(each, 80)}”`);
  const more = measured.length - first.length;
  return `they have ${first.join(', ')}${more > 0 ? ` and ${formatCount(more)} more` : ''}`;
}
