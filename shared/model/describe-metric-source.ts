import { toNumber } from './json.ts';
import type { MetricSource } from './metric-source.ts';

type Place = Pick<MetricSource, 'file' | 'axis' | 'at' | 'behind'>;

/**
 * Where a value is from, in words: `progress.csv, step 8,192 (1,808 before this version)`.
 * @param file as it is shown to a person
 * @param formatCount writes a whole number with its thousands apart
 */
export function describeMetricSource(
  { file, axis, at, behind }: Place,
  formatCount: (count: number) => string,
): string {
  const [place, distance] = [toNumber(at), toNumber(behind)];
  if (axis === null || place === null) return file;
  const before = distance ? ` (${formatCount(distance)} before this version)` : '';
  return `${file}, ${axis} ${formatCount(place)}${before}`;
}
