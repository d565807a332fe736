import type { MetricValues } from './metric-values.ts';

/** The same with the metrics as entries: equal ones may be held in different places. */
export function comparable<T extends { metrics: MetricValues }>({ metrics, ...rest }: T) {
  const { names, values, at } = metrics;
  return { ...rest, metrics: names.map((name, index) => [name, values[at + index]]) };
}
