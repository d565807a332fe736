import { expect, test } from 'vitest';
import { brokenElements, formatCosine, formatMeasure, formatShape, shortType } from './measures.ts';

test('measures are short, and what JSON lacks is told by name', () => {
  expect(formatMeasure(0.123456)).toBe('0.1235');
  expect(formatMeasure(12)).toBe('12');
  expect(formatMeasure('NaN')).toBe('NaN');
  expect(formatMeasure('-Infinity')).toBe('−∞');
  expect(formatMeasure('9007199254740993')).toBe('9007199254740993');
  expect(formatMeasure(null)).toBe('–');
});

test.each([
  [0.000912345, '0.0009123'],
  [-0.0231049, '−0.02310'],
  [0.1, '0.1000'],
  [0.00001234567, '1.235e−5'],
  [255.5, '255.5000'],
  [9999.12345, '9,999.1235'],
  [13389668.0975, '13,389,668'],
  [123456.789, '123,456.79'],
  [123456789.5, '123,456,790'],
])('a measure has four figures at least and eight at most: %d', (measure, written) => {
  expect(formatMeasure(measure)).toBe(written);
});

test.each([
  [1, '1'],
  [0.99512, '0.9951'],
  [0.99999987654, '0.99999988'],
  [-0.99999987654, '−0.99999988'],
  [0.9999999999, '1.0000'],
  ['NaN', 'NaN'],
  [null, '–'],
] as const)('a cosine near 1 is told apart from 1: %s', (cosine, written) => {
  expect(formatCosine(cosine)).toBe(written);
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
