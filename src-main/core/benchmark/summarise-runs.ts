import { pairedDifference, type SeedSummary, summariseSeeds } from '../../../shared/statistics/seeds.ts';
import type { Evaluation, Measured } from './evaluation.ts';
import type { Report } from './read-report.ts';

/** One run of an evaluator that is over: a report, or in one clause why there is none. */
export interface FinishedRun {
  id: string;
  seed: number;
  seconds: number;
  /** When it ended, ISO 8601 with zone. */
  at: string;
  report: Report | null;
  failure: string | null;
  /** Whether it was on record from before. */
  reused: boolean;
  /** Where what it printed is kept, without the endings `.stdout` and `.stderr`: relative to the run, or absolute elsewhere. */
  output: string | null;
}

type Summaries = Record<string, SeedSummary>;

/** A version over all seeds; `ok`: none of its runs failed. `difference`: to the first version that is ok, over the seeds of both. */
export interface VersionResult {
  id: string;
  ok: boolean;
  runs: FinishedRun[];
  metrics: Summaries;
  difference: Summaries | null;
}

/** What these runs come to, by version in the order given; `baseline` is the version that the others are compared with. */
export function summariseRuns(
  ids: readonly string[],
  runs: readonly FinishedRun[],
): { versions: VersionResult[]; baseline: string | null } {
  const byId = new Map(ids.map((id): [string, FinishedRun[]] => [id, []]));
  for (const run of runs) byId.get(run.id)?.push(run);
  const measured = ids.map((id) => {
    const own = (byId.get(id) ?? []).toSorted((a, b) => a.seed - b.seed);
    return {
      id,
      runs: own,
      ok: own.length > 0 && own.every(({ report }) => report !== null),
      values: valuesOf(own),
    };
  });
  const base = measured.find(({ ok }) => ok);
  const versions = measured.map(({ values, ...rest }) => ({
    ...rest,
    metrics: Object.fromEntries(
      [...values].map(([name, each]) => [name, summariseSeeds([...each.values()])]),
    ),
    difference: !base || base.id === rest.id ? null : differences(base.values, values),
  }));
  return { versions, baseline: base?.id ?? null };
}

/** What goes to the sidecar of a version that is ok: metrics that every seed has. */
export function evaluationOf(
  { id, runs }: VersionResult,
  rest: Pick<Evaluation, 'files' | 'evaluator' | 'evaluatorHash' | 'episodes'>,
): Evaluation {
  const [at = ''] = runs.map((run) => run.at).sort((a, b) => (a < b ? 1 : -1));
  const complete = [...valuesOf(runs)].filter(([, values]) => values.size === runs.length);
  const metrics = complete.map(([name, values]): [string, Measured] => [
    name,
    { values, perEpisode: episodesOf(name, runs) },
  ]);
  return { id, at, metrics: new Map(metrics), ...rest };
}

type Values = Map<string, Map<number, number>>;

/** Of each metric the values, by seed. */
export function valuesOf(runs: readonly FinishedRun[]): Values {
  const values: Values = new Map();
  for (const { seed, report } of runs)
    for (const [name, value] of Object.entries(report?.metrics ?? {}))
      values.set(name, (values.get(name) ?? new Map<number, number>()).set(seed, value));
  return values;
}

function differences(base: Values, values: Values): Summaries {
  const found = [...base].flatMap(([name, each]) => {
    const difference = pairedDifference(each, values.get(name) ?? new Map());
    return difference ? [[name, difference] as const] : [];
  });
  return Object.fromEntries(found);
}

/** An evaluator may call a metric `mean_reward` where its episodes have a `reward`. */
function episodesOf(metric: string, runs: readonly FinishedRun[]): number[] {
  const names = [metric, metric.replace(/^(?:mean|avg|average)_/, '')];
  const lists = runs.map(({ report }) => {
    const name = names.find((each) => Object.hasOwn(report?.episodes ?? {}, each));
    return name === undefined ? null : (report?.episodes[name] ?? null);
  });
  return lists.includes(null) ? [] : lists.flatMap((list) => list ?? []);
}
