import { z } from 'zod';

const count = z.number().int().nonnegative();

/** What measuring found in the weights of a model: of how many tensors, in how many of them an element is NaN, and in how many one is infinite. */
export const weightsFoundSchema = z.strictObject({ tensors: count, nan: count, infinite: count });
export type WeightsFound = z.infer<typeof weightsFoundSchema>;

const beginning = 'its weights have ';

/** What of the problems of a version is wrong with its weights; null where nothing is known of that. */
export function problemOfWeights(problems: readonly string[]): string | null {
  return problems.find((problem) => problem.startsWith(beginning)) ?? null;
}

/** What is wrong with such weights, in one clause; null for nothing. */
export function tellWeights({ tensors, nan, infinite }: WeightsFound): string | null {
  const all = `${tensors} ${tensors === 1 ? 'tensor' : 'tensors'}`;
  const found = [
    ...(nan > 0 ? [`NaN in ${nan} of ${all}`] : []),
    ...(infinite > 0 ? [`infinite elements in ${infinite} of ${all}`] : []),
  ];
  return found.length === 0 ? null : beginning + found.join(', and ');
}
