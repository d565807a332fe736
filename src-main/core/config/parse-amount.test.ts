import { expect, test } from 'vitest';
import { parseAge, parseSize } from './parse-amount.ts';

test.each([
  ['90s', 90_000],
  ['45m', 2_700_000],
  ['12h', 43_200_000],
  ['7d', 604_800_000],
  ['2w', 1_209_600_000],
  ['0s', 0],
])('an age %s is %i ms', (text, milliseconds) => {
  expect(parseAge(text)).toBe(milliseconds);
});

test.each([
  ['20GB', 20e9],
  ['500 MB', 500e6],
  ['1.5tb', 1.5e12],
  ['12', 12],
  ['0', 0],
])('a size %s is %i bytes', (text, bytes) => {
  expect(parseSize(text)).toBe(bytes);
});

test.each(['', '7', '7x', '-7d', '7 d', '1e3d', '9999999d'])(
  '%j is no age, and what one is, is said',
  (text) => {
    expect(() => parseAge(text)).toThrow(/ is no age — .* — such as 30d$/);
  },
);

test.each(['', 'GB', '-1GB', '1e9', '20 gigs', 'NaN', '1,000'])(
  '%j is no size, and what one is, is said',
  (text) => {
    expect(() => parseSize(text)).toThrow(/ is no size — .* — such as 20 GB$/);
  },
);
