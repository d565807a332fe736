import {
  formatNumber,
  formatPoints,
  formatShare,
  isShare,
  shortNumber,
  shortShare,
  withSign,
} from './format-number.ts';

/** Metrics that are shares of 1: in percent wherever they are shown, while they are between 0 and 1. */
const shares: ReadonlySet<string> = new Set(['win_rate', 'bench_win_rate']);

export function isShareMetric(name: string): boolean {
  return shares.has(name);
}

/** A value of a metric, as its column and everything else shows it. @param fractional whether others beside it have fractions */
export function formatMetric(name: string, value: number | null, fractional = hasFraction(value)): string {
  return isShareMetric(name) ? formatShare(value) : formatNumber(value, fractional);
}

/** The same with as few figures as it has, for the end of a range or the mark of an axis. */
export function shortMetric(name: string, value: number): string {
  return isShareMetric(name) ? shortShare(value) : shortNumber(value);
}

/** What a value is above another, with its sign: of shares in percentage points. */
export function signedDifference(name: string, from: number, to: number): string {
  return withSign(to - from, formatDifference(name, from, to));
}

/** The same with a sign only where it is less. */
export function formatDifference(name: string, from: number, to: number): string {
  const by = to - from;
  const areShares = isShareMetric(name) && isShare(from) && isShare(to);
  return areShares ? formatPoints(by) : formatNumber(by, hasFraction(by));
}

function hasFraction(value: number | null): boolean {
  return value !== null && !Number.isInteger(value);
}
