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

/** Each way of measuring once, with all of its versions, the most usual first. A state that is not known may be any: it goes with the most usual one that is. */
export function gatherMeasuredWith(found: readonly MeasuredWith[]): MeasuredWith[] {
  const ways = sumAlike(found);
  const known = new Map<string, MeasuredWith>();
  for (const way of ways) if (way.hash !== null && !known.has(wordsOf(way))) known.set(wordsOf(way), way);
  const joined = ways.map((way) => ({ ...way, hash: way.hash ?? known.get(wordsOf(way))?.hash ?? null }));
  return sumAlike(joined);
}

/** The most usual first. */
function sumAlike(ways: readonly MeasuredWith[]): MeasuredWith[] {
  const sums = new Map<string, MeasuredWith>();
  for (const way of ways) {
    const key = JSON.stringify([wordsOf(way), way.hash]);
    sums.set(key, { ...way, versions: way.versions + (sums.get(key)?.versions ?? 0) });
  }
  return [...sums.values()].sort((a, b) => b.versions - a.versions);
}

/** What a way of measuring is by its words, whatever state the files had that they name. */
function wordsOf({ evaluator, episodes, seeds }: MeasuredWith): string {
  return JSON.stringify([evaluator, episodes, seeds]);
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
