import { expect, test } from 'vitest';
import { numbersWords, storedWords } from './stored-words.ts';

test('what the numbers of a tensor are of is said where they are not its elements', () => {
  const own = 'sparse: its numbers are those of 12 stored values';
  const sparse = (implied: number | null) =>
    storedWords({ kind: 'sparse', values: 12, implied_zeros: implied });
  expect(sparse(0)).toBe(own);
  expect(sparse(30)).toBe(`${own}; the 30 zeros that it implies are not counted`);
  expect(sparse(null)).toBe(`${own}; the zeros that it implies are not counted`);
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

test('of complex numbers it is said that magnitudes are told', () => {
  expect(numbersWords({ dtype: 'float32', stored_as: null })).toBeNull();
  expect(numbersWords({ dtype: 'complex64', stored_as: null })).toMatch(/^complex: .*magnitudes$/);
  const sparse = { kind: 'sparse', values: 5, implied_zeros: 20 } as const;
  expect(numbersWords({ dtype: 'complex64', stored_as: sparse })).toMatch(/^sparse: .*; complex: /);
});
