/** So many evaluations, one of each version and seed, are asked for at once in the window: each is held until all are done. */
export const mostEvaluations = 100_000;

/** So many versions are listed of a benchmark, and told of while it goes on: a run may have any number of them. */
export const mostListed = 500;

const prefix = 'bench_';

/** Under what name a metric of a benchmark is in sidecars, and ranks versions: training may have one of its own name. */
export function benchmarkMetric(name: string): string {
  return prefix + name;
}

/** The name that a metric of a benchmark had there; null for one that no benchmark has written. */
export function metricOfBenchmark(name: string): string | null {
  return name.startsWith(prefix) ? name.slice(prefix.length) : null;
}
