import type { ShownSubject } from '../../shared/ipc/benchmark-contract.ts';
import { toNumber } from '../../shared/model/json.ts';
import type { Direction } from '../../shared/model/metric.ts';
import { pairedDifference, type SeedSummary, summariseSeeds } from '../../shared/statistics/seeds.ts';

/** A version as it was measured. `difference`: to the best one, seed by seed; null for that one, and where they have no seed in common. */
export interface BoardLine {
  subject: ShownSubject;
  /** Null where no run gave the metric. */
  summary: SeedSummary | null;
  difference: SeedSummary | null;
}

/** The names of what was measured, in the order met. */
export function measuredMetrics(subjects: readonly ShownSubject[]): string[] {
  return [...new Set(subjects.flatMap(({ values }) => Object.keys(values)))];
}

/** The best first; those of which a run failed come after, they were measured with luck of another kind. */
export function boardLines(subjects: readonly ShownSubject[], metric: string, mode: Direction): BoardLine[] {
  const measured = subjects.map((subject) => {
    const values = valuesOf(subject, metric);
    return { subject, values, summary: values.size > 0 ? summariseSeeds([...values.values()]) : null };
  });
  const sign = mode === 'max' ? -1 : 1;
  const orderOf = ({ summary }: (typeof measured)[number]) => {
    const mean = summary?.mean ?? Number.NaN;
    return Number.isNaN(mean) ? Number.POSITIVE_INFINITY : sign * mean;
  };
  const inOrder = measured.toSorted(
    (a, b) => Number(a.subject.failed > 0) - Number(b.subject.failed > 0) || compare(orderOf(a), orderOf(b)),
  );
  const [best] = inOrder;
  return inOrder.map(({ subject, summary, values }) => ({
    subject,
    summary,
    difference: !best || best.subject === subject ? null : pairedDifference(best.values, values),
  }));
}

/** From the least to the largest number that a line reaches; null where there is none. */
export function rangeOf(lines: readonly BoardLine[]): [number, number] | null {
  const ends = lines
    .flatMap(({ summary }) => (summary ? [summary.mean, ...(summary.ci95 ?? [])] : []))
    .filter(Number.isFinite);
  // Not spread over Math.min: a call takes so many arguments and no more.
  const [first] = ends;
  return first === undefined
    ? null
    : ends.reduce(([least, most], end) => [Math.min(least, end), Math.max(most, end)], [first, first]);
}

function valuesOf({ values }: ShownSubject, metric: string): Map<number, number> {
  const own = Object.hasOwn(values, metric) ? (values[metric] ?? []) : [];
  return new Map(
    own.flatMap(([seed, value]) => {
      const number = toNumber(value);
      return number === null ? [] : [[seed, number] as const];
    }),
  );
}

function compare(a: number, b: number): number {
  return a === b ? 0 : a - b;
}
