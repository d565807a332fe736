import { studentQuantile } from './student-t.ts';

export const confidence = 0.95;

/** Measurements of one thing, such as the rewards of the episodes of an evaluation. `deviation` is the sample's, by n − 1. */
export interface Sample {
  count: number;
  mean: number;
  deviation: number;
}

export interface Interval {
  low: number;
  high: number;
}

/** What these values come to; null for fewer than two, of which nobody can tell how far they scatter, and where one is not finite. */
export function sampleOf(values: readonly number[]): Sample | null {
  const count = values.length;
  if (count < 2 || !values.every(Number.isFinite)) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { count, mean, deviation: Math.sqrt(squares / (count - 1)) };
}

/**
 * Where the true mean lies with 95 % confidence: mean ± t·s/√n by Student's t with n − 1 degrees of freedom. It holds for independent
 * measurements, roughly normal or many.
 */
export function meanInterval({ count, mean, deviation }: Sample): Interval {
  const reach = (studentQuantile(confidence, count - 1) * deviation) / Math.sqrt(count);
  return { low: mean - reach, high: mean + reach };
}
