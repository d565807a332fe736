/** So many evaluations, one of each version and seed, are asked for at once in the window: each is held until all are done. */
export const mostEvaluations = 100_000;

/** So many versions are listed of a benchmark, and told of while it goes on: a run may have any number of them. */
export const mostListed = 500;

/** Under what name a metric of a benchmark is in sidecars, and ranks versions: training may have one of its own name. */
export function benchmarkMetric(name: string): string {
  return `bench_${name}`;
}
