import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  exactNumber,
  formatCount,
  formatGiven,
  formatNumber,
  formatShare,
  shortNumber,
  shortShare,
  withHyphen,
  withMinus,
  withSign,
} from './format-number.ts';

test('numbers that somebody gave are told apart, and not by what floats make of them', () => {
  expect([2147483647, -1234567891].map(formatGiven)).toEqual(['2147483647', '−1234567891']);
  expect([0.00025, 0.0003, -1e-8, 64.5, 0.1 + 0.2].map(formatGiven)).toEqual([
    '0.00025',
    '0.0003',
    '−1e−8',
    '64.5',
    '0.3',
  ]);
});

describe('formatNumber', () => {
  test('shows four decimals, so that a column lines up', () => {
    expect(formatNumber(0.49434999)).toBe('0.4943');
    expect(formatNumber(1.5)).toBe('1.5000');
    expect(formatNumber(-12345.67891)).toBe('−12,345.6789');
  });
  test('leaves whole numbers whole where the column has no fractions', () => {
    expect(formatNumber(1500, false)).toBe('1,500');
  });
  test('uses an exponent where four decimals would lie', () => {
    expect(formatNumber(0.0000123456)).toBe('1.235e−5');
    expect(formatNumber(1.5e12, false)).toBe('1.500e+12');
    expect(formatNumber(0)).toBe('0.0000');
  });
  test('tells NaN, the infinities and nothing apart', () => {
    expect([Number.NaN, Infinity, -Infinity, null].map((value) => formatNumber(value))).toEqual([
      'NaN',
      '∞',
      '−∞',
      '–',
    ]);
  });
});

test('a share is a percentage only within 0 and 1', () => {
  expect([0, 0.5432, 1, 54.3, Number.NaN, null].map(formatShare)).toEqual([
    '0.00%',
    '54.32%',
    '100.00%',
    '54.3000',
    'NaN',
    '–',
  ]);
});

test('the hover text keeps every digit', () => {
  expect(exactNumber(0.1 + 0.2)).toBe('0.30000000000000004');
  expect(exactNumber(Number.NaN)).toBe('NaN');
  expect(exactNumber(null)).toBe('No value');
});

test('counts have their thousands apart', () => {
  expect(formatCount(100000)).toBe('100,000');
});

test('the end of a range has the figures it has, and no others', () => {
  expect([0.05, 1500, -0.2, 1e21, Number.POSITIVE_INFINITY].map(shortNumber)).toEqual([
    '0.05',
    '1,500',
    '−0.2',
    '1e+21',
    '∞',
  ]);
  expect([0.55, 0.07, 1, 1.5].map(shortShare)).toEqual(['55%', '7%', '100%', '1.5']);
});

describe('the minus sign', () => {
  test('is the same however a number is written', () => {
    const written = [formatNumber, exactNumber, shortNumber, formatShare, formatCount];
    expect(written.map((write) => write(-3))).toEqual(['−3.0000', '−3', '−3', '−3.0000', '−3']);
    expect([formatNumber(-1.5e-7), exactNumber(-2e-9), exactNumber(Number.NEGATIVE_INFINITY)]).toEqual([
      '−1.500e−7',
      '−2e−9',
      '−Infinity',
    ]);
    expect(withSign(-0.5, formatNumber(-0.5)) + withSign(2, '2') + withSign(0, '0')).toBe('−0.5000+20');
  });
  test('is a hyphen again where programs read it', () => {
    for (const value of [-0.0614, -1.5e-12, 2e-7, -1e21, Number.NEGATIVE_INFINITY])
      expect(Number(withHyphen(exactNumber(value)))).toBe(value);
    expect(withHyphen(`Reward\n${formatNumber(-0.0614)}\t${formatNumber(-1.5e-7)} (−2)`)).toBe(
      'Reward\n-0.0614\t-1.500e-7 (-2)',
    );
  });
  test('of a name stays what it is', () => {
    for (const name of ['/runs/−5/model.pt', 'a−1', 'gap − 3', 'run1e−5', 'x=−2'])
      expect(withHyphen(name)).toBe(name);
  });
  test('and the hyphen are put in and taken back at the very same places of any text', () => {
    const pieces = fc.constantFrom(
      '-',
      '1',
      '25',
      '.',
      'e',
      ' ',
      '(',
      '[',
      ',',
      '=',
      '“',
      'a',
      '\n',
      'Infinity',
    );
    const texts = fc.array(fc.oneof(pieces, fc.double().map(String)), { maxLength: 12 });
    fc.assert(
      fc.property(texts, (parts) => {
        const [hyphens, minuses] = [parts.join(''), parts.join('').replaceAll('-', '−')];
        expect(withHyphen(withMinus(hyphens))).toBe(hyphens);
        expect(withMinus(withHyphen(minuses))).toBe(minuses);
      }),
    );
  });
  test('stands for the hyphens of numbers in a sentence, and for no others', () => {
    expect(withMinus("reaches past the next one's -0.04.")).toBe("reaches past the next one's −0.04.");
    const others = 'ppo-2 of 2026-03-02, 3-4 of a run-1e-5, f32-le, clip=-1,x=-2, --at=-0.5';
    expect(withMinus(others)).toBe(others);
  });
});
