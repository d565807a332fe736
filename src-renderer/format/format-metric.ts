import { formatNumber, formatShare } from './format-number.ts';

/** A value of a metric, as its column shows it. */
export function formatMetric(name: string, value: number | null): string {
  return name === 'win_rate'
    ? formatShare(value)
    : formatNumber(value, value !== null && !Number.isInteger(value));
}
