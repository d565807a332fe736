import { meanInterval, sampleOf } from './mean-interval.ts';

/**
 * What a metric came to over `n` seeds. `std` is the sample's deviation, by n − 1; `ci95` where the true mean lies with 95 % confidence,
 * see {@link meanInterval}. Both null for fewer than two seeds, and where a value is not finite.
 */
export interface SeedSummary {
  mean: number;
  std: number | null;
  ci95: [number, number] | null;
  n: number;
}

/** @param values one for each seed, at least one */
export function summariseSeeds(values: readonly number[]): SeedSummary {
  const sample = sampleOf(values);
  const n = values.length;
  if (!sample) return { mean: values.reduce((sum, value) => sum + value, 0) / n, std: null, ci95: null, n };
  const { low, high } = meanInterval(sample);
  return { mean: sample.mean, std: sample.deviation, ci95: [low, high], n };
}

/**
 * How much more than in `base` a metric is, over the seeds that both have: of equal seeds much of the luck is equal too, so these
 * differences scatter less than the values. Source: the paired t-test (Student, 1908).
 * @param base values by seed
 * @returns null where they have no seed in common
 */
export function pairedDifference(
  base: ReadonlyMap<number, number>,
  other: ReadonlyMap<number, number>,
): SeedSummary | null {
  const differences = [...base].flatMap(([seed, value]) => {
    const its = other.get(seed);
    return its === undefined ? [] : [its - value];
  });
  return differences.length === 0 ? null : summariseSeeds(differences);
}
