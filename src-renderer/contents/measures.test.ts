import { expect, test } from 'vitest';
import { brokenElements, formatMeasure, formatShape } from './measures.ts';

test('measures are short, and what JSON lacks is told by name', () => {
  expect(formatMeasure(0.123456)).toBe('0.1235');
  expect(formatMeasure(12)).toBe('12');
  expect(formatMeasure('NaN')).toBe('NaN');
  expect(formatMeasure('-Infinity')).toBe('−∞');
  expect(formatMeasure('9007199254740993')).toBe('9007199254740993');
  expect(formatMeasure(null)).toBe('–');
});

test('NaN and both infinities count as broken', () => {
  expect(brokenElements({ nan: 1, posinf: 2, neginf: 3 })).toBe(6);
});

test('shapes are told as people say them', () => {
  expect(formatShape([24, 17])).toBe('24 × 17');
  expect(formatShape([])).toBe('scalar');
});
