import { expect, test } from 'vitest';
import { readCounts } from './name-numbers.ts';

test.each([
  ['model_step_500', 500],
  ['step-1000_final', 1000],
  ['ckpt-20', 20],
  ['model_step_500k', undefined],
  ['step-1.5M', undefined],
  ['step_1e6', undefined],
])('a name says %s, a step of %s: no number is read as what it begins with', (stem, step) => {
  expect(readCounts(stem)?.step ?? undefined).toBe(step);
});
