import { expect, test } from 'vitest';
import { correlationWords } from './correlation-words.ts';

test('a correlation is told as an association, by the better end of the metric; too few runs are said', () => {
  const words = (correlation: number | null, mode: 'max' | 'min' = 'max', runs = 9) =>
    correlationWords({ runs, correlation, peak: null }, mode);
  expect(words(0.9)).toBe('higher goes strongly with better');
  expect(words(0.9, 'min')).toBe('higher goes strongly with worse');
  expect(words(-0.5)).toBe('higher goes with worse');
  expect(words(-0.5, 'min')).toBe('higher goes with better');
  expect(words(0.1)).toBe('hardly goes with the best');
  expect(words(null)).toBe('all came to the same');
  expect(words(null, 'max', 4)).toBe('too few runs: 5 are needed');
  const peak = { from: 0.001, to: 0.001, runs: 3, mean: 5 };
  const told = (to: number) => correlationWords({ runs: 9, correlation: 0.8, peak: { ...peak, to } }, 'max');
  expect(told(0.001)).toBe('best at 0.001: lower and higher are worse');
  expect(told(0.003)).toBe('best from 0.001 to 0.003: lower and higher are worse');
});
