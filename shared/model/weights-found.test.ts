import { expect, test } from 'vitest';
import { problemOfWeights, tellWeights } from './weights-found.ts';

test('what is wrong with weights is told in a clause, and found again among the problems of a version', () => {
  expect(tellWeights({ tensors: 2, nan: 0, infinite: 0 })).toBeNull();
  const told = tellWeights({ tensors: 2, nan: 1, infinite: 2 }) ?? '';
  expect(told).toBe('its weights have NaN in 1 of 2 tensors, and infinite elements in 2 of 2 tensors');
  expect(problemOfWeights(['its sidecar is not valid JSON', told])).toBe(told);
  expect(problemOfWeights(['its sidecar is not valid JSON'])).toBeNull();
});
