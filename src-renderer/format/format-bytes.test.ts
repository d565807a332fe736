import { expect, test } from 'vitest';
import { exactBytes, formatBytes } from './format-bytes.ts';

test('sizes have three figures and the unit that fits', () => {
  expect([0, 1, 999, 1000, 45023, 157413, 999_499, 999_500, 1.25e9, 64e9].map(formatBytes)).toEqual([
    '0 bytes',
    '1 byte',
    '999 bytes',
    '1.00 kB',
    '45.0 kB',
    '157 kB',
    '999 kB',
    '1.00 MB',
    '1.25 GB',
    '64.0 GB',
  ]);
});

test('the exact size counts every byte', () => {
  expect(exactBytes(29590)).toBe('29,590 bytes');
  expect(exactBytes(1)).toBe('1 byte');
});
