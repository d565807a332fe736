import { expect, test } from 'vitest';
import { correlationWords } from './correlation-words.ts';

test('a correlation is told as an association, by the better end of the metric; too few runs are said', () => {
  const words = (correlation: number | null, mode: 'max' | 'min' = 'max', runs = 9) =>
    correlationWords({ runs, correlation }, mode);
  expect(words(0.9)).toBe('higher goes strongly with better');
  expect(words(0.9, 'min')).toBe('higher goes strongly with worse');
  expect(words(-0.5)).toBe('higher goes with worse');
  expect(words(-0.5, 'min')).toBe('higher goes with better');
  expect(words(0.1)).toBe('hardly goes with the best');
  expect(words(null)).toBe('all came to the same');
  expect(words(null, 'max', 4)).toBe('too few runs: 5 are needed');
});
