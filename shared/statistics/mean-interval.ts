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

/**
 * Where the difference of two true means lies with 95 % confidence, measured independently of each other and scattering as they may:
 * x̄₁ − x̄₂ ± t·√(s₁²/n₁ + s₂²/n₂). Welch, The generalization of “Student's” problem, Biometrika 34, 1947: the degrees of freedom are
 * (s₁²/n₁ + s₂²/n₂)² / (s₁⁴/n₁²(n₁ − 1) + s₂⁴/n₂²(n₂ − 1)), here rounded down, as one does for tables: that errs to the wider side.
 */
export function differenceInterval(one: Sample, other: Sample): Interval {
  const [first, second] = [varianceOfMean(one), varianceOfMean(other)];
  const variance = first + second;
  const difference = one.mean - other.mean;
  if (variance === 0) return { low: difference, high: difference };
  const freedom = variance ** 2 / (first ** 2 / (one.count - 1) + second ** 2 / (other.count - 1));
  // In float64 it may come out below the least that it can be.
  const whole = Math.max(Math.floor(freedom), Math.min(one.count, other.count) - 1);
  const reach = studentQuantile(confidence, whole) * Math.sqrt(variance);
  return { low: difference - reach, high: difference + reach };
}

function varianceOfMean({ count, deviation }: Sample): number {
  return deviation ** 2 / count;
}
