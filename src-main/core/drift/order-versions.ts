/** A version as far as it has to be put in order; null is what is not known. `time` in milliseconds since 1970. */
export interface PlacedInTime {
  step: number | null;
  time: number | null;
}

/**
 * By their steps; those of which no step is known by their times among them, and at the end where not even that is known:
 * that is, as a rule, the file that training goes on from.
 */
export function orderVersions<T extends PlacedInTime>(versions: readonly T[]): T[] {
  const stepped = versions.filter(({ step }) => step !== null);
  const others = versions.filter(({ step, time }) => step === null && time !== null);
  const waiting = stepped.sort((a, b) => Number(a.step) - Number(b.step) || compareTimes(a, b)).values();
  const ordered: T[] = [];
  let next = waiting.next();
  for (const other of others.sort(compareTimes)) {
    for (; !next.done && timeOf(next.value) <= timeOf(other); next = waiting.next()) ordered.push(next.value);
    ordered.push(other);
  }
  for (; !next.done; next = waiting.next()) ordered.push(next.value);
  return [...ordered, ...versions.filter(({ step, time }) => step === null && time === null)];
}

function compareTimes(a: PlacedInTime, b: PlacedInTime): number {
  return timeOf(a) - timeOf(b);
}

const timeOf = ({ time }: PlacedInTime): number => time ?? 0;
