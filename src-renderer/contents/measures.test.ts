import { expect, test } from 'vitest';
import { brokenElements, formatMeasure, formatShape, shortType } from './measures.ts';

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

test.each([
  ['float32', 'f32'],
  ['bfloat16', 'bf16'],
  ['float8_e4m3fn', 'f8_e4m3fn'],
  ['int64', 'i64'],
  ['uint8', 'u8'],
  ['complex64', 'c64'],
  ['bool', 'bool'],
  ['', ''],
])('the type %s is short for a narrow column: %s', (dtype, short) => {
  expect(shortType(dtype)).toBe(short);
});
