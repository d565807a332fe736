import { expect, test } from 'vitest';
import type { ComparedValue, ValueKind } from '../../shared/comparison/compare-versions.ts';
import { comparedCell, differenceText } from './compared-cell.ts';

const shown = (value: ComparedValue, kind: ValueKind) => {
  const { text, exact } = comparedCell(value, { kind });
  return [text, exact];
};

test('a value is shown in few figures, with all of it behind', () => {
  expect(shown(0.123456789, 'metric')).toEqual(['0.1235', '0.123456789']);
  expect(shown(2017, 'metric')).toEqual(['2,017', '2017']);
  expect(shown(0.123456789, 'text')).toEqual(['0.1235', '0.123456789']);
  expect(shown(0.0003, 'text')).toEqual(['0.0003', '0.0003']);
  expect(shown(1152, 'text')).toEqual(['1,152', '1152']);
  expect(shown(7, 'count')).toEqual(['7', '7']);
  expect(shown(157_320, 'bytes')).toEqual(['157 kB', '157,320 bytes']);
  expect(shown('0123456789abcdef', 'checksum')).toEqual(['0123456789ab', '0123456789abcdef']);
  expect(shown('bit rot', 'integrity')).toEqual(['Bit rot', 'bit rot']);
  expect(shown('2024-01-01T09:30:00', 'time')).toEqual([
    '2024-01-01 09:30:00',
    '2024-01-01 09:30:00 (2024-01-01T09:30:00)',
  ]);
});

test('NaN and the infinities are shown by name, and nothing as nothing', () => {
  expect(shown(Number.NaN, 'metric')).toEqual(['NaN', 'NaN']);
  expect(shown(Number.NEGATIVE_INFINITY, 'metric')).toEqual(['−∞', '−Infinity']);
  expect(shown(null, 'text')).toEqual(['–', 'No value']);
  expect(shown('', 'text')).toEqual(['', '']);
});

test('what would turn text round, or is no text, is made visible', () => {
  expect(shown('a\u202eb\nc', 'text')).toEqual(['a[U+202E]b␊c', 'a[U+202E]b␊c']);
});

test('a difference has its sign, and a mark for better or worse', () => {
  expect(differenceText({ by: -0.0614, verdict: 'worse' })).toBe('▼ −0.0614');
  expect(differenceText({ by: -0.0614, verdict: 'better' })).toBe('▲ −0.0614');
  expect(differenceText({ by: 12, verdict: 'unknown' })).toBe('+12');
  expect(differenceText({ by: 0, verdict: 'equal' })).toBe('0');
});
