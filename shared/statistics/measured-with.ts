/**
 * What values of a benchmark were measured with, and of how many versions.
 * - evaluator: in a person's words, the command; null where a record tells none
 * - hash: tells its state, files that it names included, from any other; null where it is not known
 * - episodes: that it was asked for, of each seed
 */
export interface MeasuredWith {
  evaluator: string | null;
  hash: string | null;
  episodes: number | null;
  seeds: readonly number[];
  versions: number;
}

/** So many are named. */
const mostNamed = 4;
const mostSeeds = 5;

/** Each way of measuring once, with all of its versions, the most usual first. */
export function gatherMeasuredWith(found: readonly MeasuredWith[]): MeasuredWith[] {
  const ways = new Map<string, MeasuredWith>();
  for (const each of found) {
    const { versions, ...way } = each;
    const key = JSON.stringify([way.evaluator, way.hash, way.episodes, way.seeds]);
    ways.set(key, { ...each, versions: versions + (ways.get(key)?.versions ?? 0) });
  }
  return [...ways.values()].sort((a, b) => b.versions - a.versions);
}

/** That values which are compared were not measured alike, in whole sentences; null where they were. */
export function tellMeasuredOtherwise(measuredWith: readonly MeasuredWith[]): string | null {
  if (measuredWith.length < 2) return null;
  const named = measuredWith.slice(0, mostNamed).map((way, index) => {
    const isOtherState = measuredWith.slice(0, index).some(({ evaluator }) => evaluator === way.evaluator);
    return `${way.versions} by ${describeWay(way, isOtherState)}`;
  });
  const more = measuredWith.length - named.length;
  const rest = more > 0 ? `, and by ${more} more` : '';
  return `Its values were not all measured alike: ${named.join(', ')}${rest}. Measure all versions in one way to compare them.`;
}

function describeWay({ evaluator, episodes, seeds }: MeasuredWith, isOtherState: boolean): string {
  if (evaluator === null) return 'something that is not on record';
  const asked = [describeSeeds(seeds), ...(episodes === null ? [] : [`${episodes} episodes`])];
  const state = isOtherState ? ['the same words'] : [];
  return `“${evaluator}” (${[...state, ...asked].join(', ')})`;
}

function describeSeeds(seeds: readonly number[]): string {
  if (seeds.length === 1) return `seed ${seeds[0]}`;
  if (seeds.length <= mostSeeds) return `seeds ${seeds.join(', ')}`;
  return `${seeds.length} seeds from ${seeds[0]} to ${seeds.at(-1)}`;
}
