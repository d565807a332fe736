import { expect, test } from 'vitest';
import type { ComparedValue, ValueKind } from '../../shared/comparison/compare-versions.ts';
import type { Direction } from '../../shared/model/metric.ts';
import { comparedCell, shownDifference } from './compared-cell.ts';

const shown = (value: ComparedValue, kind: ValueKind) => {
  const { text, exact } = comparedCell(value, { kind, label: 'win_ratio', values: [value] });
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

test('whole numbers of a metric stay whole where all of a row are, and a share is in percent as in the table', () => {
  const text = (value: number, label: string, values: number[]) =>
    comparedCell(value, { kind: 'metric', label, values }).text;
  expect(text(2, 'sharpe', [2, 1.5])).toBe('2.0000');
  expect(text(2, 'sharpe', [2, 1, Number.NaN])).toBe('2');
  expect(text(0.5298, 'win_rate', [0.5298])).toBe('52.98%');
});

test('a difference has its sign, and a word for better or worse that no sign contradicts', () => {
  const shown = (base: ComparedValue, value: ComparedValue, label: string, direction: Direction | null) => {
    const difference = shownDifference(base, value, { label, direction });
    return difference && [difference.text, difference.spoken];
  };
  expect(shown(0.1728, 0.1788, 'max_drawdown', 'min')).toEqual([
    '+0.0060 worse',
    '+0.0060, worse than the baseline',
  ]);
  expect(shown(0.1788, 0.1728, 'max_drawdown', 'min')?.[0]).toBe('−0.0060 better');
  expect(shown(0.5294, 0.5298, 'win_rate', 'max')?.[0]).toBe('+0.04 pp better');
  expect(shown(1, 13, 'num_trades', null)).toEqual(['+12', '+12, against the baseline']);
  expect(shown(1, 1, 'sharpe', 'max')?.[0]).toBe('0');
  expect(shown(Number.NaN, 1, 'sharpe', 'max')).toBeNull();
});
