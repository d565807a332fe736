import type { ShownSubject } from '../../shared/ipc/benchmark-contract.ts';
import { benchmarkMetric } from '../../shared/model/benchmark.ts';
import { toNumber } from '../../shared/model/json.ts';
import type { Direction } from '../../shared/model/metric.ts';
import { valueNamed } from '../../shared/model/metric-values.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { finiteOrNull } from '../../shared/query/compare-natural.ts';
import { pairedDifference, type SeedSummary, summariseSeeds } from '../../shared/statistics/seeds.ts';

/** A version as it was measured. `difference`: to the first one, seed by seed; null for that one, and where they have no seed in common. */
export interface BoardLine {
  subject: ShownSubject;
  /** Null where no run gave the metric. */
  summary: SeedSummary | null;
  /** Whether every seed has the metric. */
  isComplete: boolean;
  difference: SeedSummary | null;
}

/** The names of what was measured, in the order met. */
export function measuredMetrics(subjects: readonly ShownSubject[]): string[] {
  return [...new Set(subjects.flatMap(({ values }) => Object.keys(values)))];
}

/**
 * The best first; those that lack the metric of a seed come after, they were measured with luck of another kind;
 * a mean that is not finite is last in both directions, as in every ranking.
 * @param mode null where it is not known which end is better: then as given
 */
export function boardLines(
  subjects: readonly ShownSubject[],
  metric: string,
  mode: Direction | null,
): BoardLine[] {
  const measured = subjects.map((subject) => {
    const values = valuesOf(subject, metric);
    const summary = values.size > 0 ? summariseSeeds([...values.values()]) : null;
    return { subject, values, summary, isComplete: values.size > 0 && values.size === subject.done };
  });
  const inOrder = mode === null ? measured : bestFirst(measured, mode);
  const [first] = inOrder;
  return inOrder.map(({ values, ...line }) => ({
    ...line,
    difference: !first || first.subject === line.subject ? null : pairedDifference(first.values, values),
  }));
}

/**
 * The same by what sidecars say now: what went there when the benchmark ended may have been taken back since, here or elsewhere.
 * @param rowOf the version of a handle, undefined where it is gone
 */
export function asRecorded(
  subjects: readonly ShownSubject[],
  rowOf: (version: number) => VersionRow | undefined,
): ShownSubject[] {
  return subjects.map((subject) =>
    subject.unrecorded === null
      ? { ...subject, unrecorded: whyUnrecorded(subject, rowOf(subject.version)) }
      : subject,
  );
}

function whyUnrecorded(subject: ShownSubject, row: VersionRow | undefined): string | null {
  if (!row) return 'the version is gone';
  const complete = Object.keys(subject.values)
    .map((name) => ({ name, values: [...valuesOf(subject, name).values()] }))
    .filter(({ values }) => values.length > 0 && values.length === subject.done);
  const pairs = complete.map(({ name, values }) => ({
    measured: summariseSeeds(values).mean,
    recorded: valueNamed(row.metrics, benchmarkMetric(name)),
  }));
  if (pairs.some(({ recorded }) => recorded === null)) return 'it was taken out again';
  const isSame = pairs.every(({ measured, recorded }) => `${measured}` === `${recorded}`);
  return isSame ? null : 'it has another result by now';
}

type Measured = Pick<BoardLine, 'summary' | 'isComplete'>;

function bestFirst<Line extends Measured>(lines: readonly Line[], mode: Direction): Line[] {
  const sign = mode === 'max' ? -1 : 1;
  const orderOf = ({ summary }: Line) => {
    const mean = finiteOrNull(summary?.mean ?? null);
    return mean === null ? Number.POSITIVE_INFINITY : sign * mean;
  };
  return lines.toSorted(
    (a, b) => Number(b.isComplete) - Number(a.isComplete) || compare(orderOf(a), orderOf(b)),
  );
}

/** Whether the run can be ranked by the metric: some sidecar has it. */
export function isOnRecord(lines: readonly BoardLine[]): boolean {
  return lines.some(({ subject, isComplete }) => isComplete && subject.unrecorded === null);
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
