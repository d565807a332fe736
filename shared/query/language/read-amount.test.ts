import { expect, test } from 'vitest';
import { readAmount } from './read-amount.ts';

const read = (text: string) => readAmount('number', text)?.low;

test('percent, k, M and G move the decimal point, so that a value is what it is written as', () => {
  expect(['1.1%', '7.2%', '16.4%', '-0.3%'].map(read)).toEqual([0.011, 0.072, 0.164, -0.003]);
  expect(['2.01M', '1.005M', '4.35k', '1.1G'].map(read)).toEqual([2_010_000, 1_005_000, 4350, 1_100_000_000]);
  expect(['.5%', '5.%', '1e-3%', '1e3k', '1E+2%'].map(read)).toEqual([0.005, 0.05, 1e-5, 1e6, 1]);
  for (let tenths = 1; tenths < 1000; tenths += 1) {
    expect(read(`${tenths / 10}%`)).toBe(Number((tenths / 1000).toFixed(3)));
    expect(read(`${tenths / 1000}M`)).toBe(tenths * 1000);
  }
});

test('what is no number, or is beyond any, is none', () => {
  for (const text of ['', '%', 'k', '1ek', '1e', '1e400', '9e307k', 'e3', '1 %', '0x1'])
    expect([text, read(text)]).toEqual([text, undefined]);
  expect([read('1e308'), read('-inf')]).toEqual([1e308, Number.NEGATIVE_INFINITY]);
});
