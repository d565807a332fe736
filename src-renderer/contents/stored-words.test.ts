import { expect, test } from 'vitest';
import { storedWords } from './stored-words.ts';

test('what the numbers of a tensor are of is said where they are not its elements', () => {
  expect(storedWords({ kind: 'sparse', values: 12 })).toBe(
    'sparse: its numbers are those of 12 stored values',
  );
  const quantized = {
    kind: 'quantized',
    scheme: 'per_tensor_affine',
    scale: 0.25,
    zero_point: 3,
    axis: null,
  } as const;
  expect(storedWords(quantized)).toBe(
    'quantized (per_tensor_affine), scale 0.25, zero point 3: its numbers are what its integers stand for',
  );
  expect(storedWords({ ...quantized, scale: null, zero_point: null, axis: 0 })).toContain(
    'a scale for each index of dimension 0',
  );
  expect(storedWords({ ...quantized, scale: null, zero_point: null })).toContain('a scale for each channel');
});
