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

const compact = /^(\d{4})(\d{2})(\d{2})_(\d{2})(\d{2})(\d{2})$/;
const iso =
  /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d+))?)?(?:(Z)|([+-])(\d{2}):?(\d{2}))?$/;

/** What the two spellings are, as patterns, and what JavaScript's own calendar makes of them. */
function byPattern(text: string) {
  const match = iso.exec(text) ?? compact.exec(text);
  if (!match) return null;
  const [, ...parts] = match;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
    .slice(0, 6)
    .map((part) => Number(part ?? 0));
  const [, , , , , , fraction = '', utc, sign, zoneHour, zoneMinute] = parts;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second, Number(fraction.slice(0, 3).padEnd(3, '0')));
  const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && date.getUTCHours() === hour;
  if (!isReal || minute > 59 || second > 59 || Number(zoneMinute ?? 0) > 59) return null;
  const offset = sign ? Number(`${sign}1`) * (Number(zoneHour) * 60 + Number(zoneMinute)) : 0;
  return {
    milliseconds: date.getTime() - offset * 60_000,
    zoned: utc !== undefined || sign !== undefined,
  };
}

const two = (max: number) => fc.integer({ min: 0, max }).map((value) => String(value).padStart(2, '0'));
const year = fc.oneof(fc.integer({ min: 0, max: 9999 }), fc.constantFrom(0, 4, 99, 100, 1900, 2000, 2024));
const anyParts = fc.tuple(
  year.map((value) => String(value).padStart(4, '0')),
  ...[two(13), two(32), two(24), two(60), two(60)],
);
const tail = fc.constantFrom(
  '',
  '.',
  '.5',
  '.123456',
  'Z',
  '+02:00',
  '-0530',
  '+1',
  '.5Z',
  'z',
  '+00:60',
  ' ',
);

test('a time is what its spelling says, and nothing else is one', () => {
  const written = fc.tuple(anyParts, tail, fc.constantFrom('T', ' ', '_', 't')).chain(([parts, end, gap]) => {
    const [y, m, d, h, min, s] = parts;
    return fc.constantFrom(
      `${y}-${m}-${d}${gap}${h}:${min}:${s}${end}`,
      `${y}-${m}-${d}${gap}${h}:${min}${end}`,
      `${y}${m}${d}${gap}${h}${min}${s}${end}`,
    );
  });
  const spoilt = fc
    .tuple(written, fc.nat(26), fc.constantFrom('', 'x', '-', '0', '\u0663'))
    .map(([text, at, other]) => text.slice(0, at) + other + text.slice(at + 1));
  fc.assert(
    fc.property(fc.oneof(written, spoilt), (text) => {
      expect([text, parseTimestamp(text)]).toEqual([text, byPattern(text)]);
    }),
    { seed: 3, numRuns: 3000 },
  );
});
