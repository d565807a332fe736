/** A run by the value of one setting, and what came of it. */
export interface Given {
  given: number;
  value: number;
}

/** What came of runs by the value of a setting; of many values by as many as are near each other. */
export interface ValueGroup {
  /** The least and the greatest value of the setting among them: the same, where it is one. */
  range: readonly [number, number];
  runs: number;
  mean: number;
  /** The sum of squared distances from the mean. */
  squares: number;
}

/** So many values of a setting are each told by themselves; more are joined to fewer groups of runs. */
const mostValues = 8;
const joinedTo = 5;

/** In the order of the values. */
export function groupByValue(runs: readonly Given[]): ValueGroup[] {
  const sorted = runs.toSorted((a, b) => a.given - b.given);
  const alike: Given[][] = [];
  const isMany = new Set(runs.map(({ given }) => given)).size > mostValues;
  const least = isMany ? Math.ceil(runs.length / joinedTo) : 1;
  for (const run of sorted) {
    const last = alike.at(-1);
    if (last && (last.at(-1)?.given === run.given || last.length < least)) last.push(run);
    else alike.push([run]);
  }
  return alike.map(groupOf);
}

function groupOf(runs: readonly Given[]): ValueGroup {
  const mean = runs.reduce((sum, { value }) => sum + value, 0) / runs.length;
  const squares = runs.reduce((sum, { value }) => sum + (value - mean) ** 2, 0);
  return { range: [runs[0]?.given ?? 0, runs.at(-1)?.given ?? 0], runs: runs.length, mean, squares };
}

/** By so much of the distance between the best and the worst mean an end must be worse than what is inside. */
const leastDrop = 0.25;

/**
 * The group that is better than both ends of the range, so that a trend over the range would lead past it; null where an end is the best, or what is
 * between could be chance. Where each value was tried once, all must rise to it and fall from it. @param groups in the order of the values
 */
export function findPeak(groups: readonly ValueGroup[], mode: 'max' | 'min'): ValueGroup | null {
  const means = groups.map(({ mean }) => (mode === 'max' ? mean : -mean));
  const best = groups[means.indexOf(Math.max(...means))];
  const ends = [groups[0], groups.at(-1)].filter((end) => end !== undefined);
  if (best === undefined || ends.includes(best)) return null;
  const least = leastDrop * (Math.max(...means) - Math.min(...means));
  const isWorse = (end: ValueGroup) =>
    Math.abs(best.mean - end.mean) >= least && !mayBeChance(best, end, groups);
  const isRepeated = groups.some(({ runs }) => runs > 1);
  return (isRepeated || isOneHill(means)) && ends.every(isWorse) ? best : null;
}

/** Whether numbers rise, and then fall. */
function isOneHill(numbers: readonly number[]): boolean {
  const falls = numbers.slice(1).map((number, index) => number <= (numbers[index] ?? 0));
  return falls.lastIndexOf(false) < falls.indexOf(true);
}

/** Whether two means are within two standard errors of their difference, as runs of one group are apart; false where no value was tried twice. */
function mayBeChance(one: ValueGroup, other: ValueGroup, groups: readonly ValueGroup[]): boolean {
  const freedom = groups.reduce((sum, { runs }) => sum + runs - 1, 0);
  if (freedom === 0) return false;
  const variance = groups.reduce((sum, { squares }) => sum + squares, 0) / freedom;
  return Math.abs(one.mean - other.mean) <= 2 * Math.sqrt(variance * (1 / one.runs + 1 / other.runs));
}
