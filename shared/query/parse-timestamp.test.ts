import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseTimestamp } from './parse-timestamp.ts';

const noon = Date.UTC(2024, 0, 1, 12, 30, 0);

test.each([
  ['20240101_123000', noon, false],
  ['2024-01-01T12:30:00', noon, false],
  ['2024-01-01 12:30:00', noon, false],
  ['2024-01-01T12:30', noon, false],
  ['2024-01-01T12:30:00.250', noon + 250, false],
  ['2024-01-01T12:30:00.123456', noon + 123, false],
  ['2024-01-01T12:30:00.57', noon + 570, false],
  ['2024-01-01T12:30:00Z', noon, true],
  ['2024-01-01T12:30:00+00:00', noon, true],
  ['2024-01-01T14:30:00.000000+02:00', noon, true],
  ['2024-01-01T07:00:00-0530', noon, true],
])('%s is understood', (text, milliseconds, zoned) => {
  expect(parseTimestamp(text)).toEqual({ milliseconds, zoned });
});

test.each([
  [null],
  [''],
  ['yesterday'],
  ['2024-01-01'],
  ['20240101'],
  ['2024-13-01T00:00:00'],
  ['20241301_000000'],
  ['2023-02-29T00:00:00'],
  ['20240231_000000'],
  ['2024-01-00T00:00:00'],
  ['2024-01-01T25:00:00'],
  ['2024-01-01T12:30:00 UTC'],
  ['2024-01-01T12:30:00\n'],
  ['12024-01-01T12:30:00'],
  ['1704112200'],
])('%j is no time at all, rather than a wrong one', (text) => {
  expect(parseTimestamp(text)).toBeNull();
});

test('every moment survives both ways of writing it, to the precision each has', () => {
  const range = { min: new Date('1971-01-01'), max: new Date('2200-01-01'), noInvalidDate: true };
  fc.assert(
    fc.property(fc.date(range), (date) => {
      const iso = date.toISOString();
      expect(parseTimestamp(iso)).toEqual({ milliseconds: date.getTime(), zoned: true });
      const compact = iso.slice(0, 19).replace(/[-:]/g, '').replace('T', '_');
      const seconds = Math.floor(date.getTime() / 1000) * 1000;
      expect(parseTimestamp(compact)).toEqual({ milliseconds: seconds, zoned: false });
    }),
    { seed: 2 },
  );
});
