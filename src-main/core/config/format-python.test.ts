import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { ModelValidationError } from '../errors.ts';
import { formatTimestamp, formatVersion } from './format-python.ts';

/** What Python 3.11 makes of 7, -42 and 10000. */
const versions: [format: string, seven: string, negative: string, large: string][] = [
  ['v{version:04d}', 'v0007', 'v-042', 'v10000'],
  ['{version}', '7', '-42', '10000'],
  ['{version:}', '7', '-42', '10000'],
  ['{version:d}', '7', '-42', '10000'],
  ['{version:6d}', '     7', '   -42', ' 10000'],
  ['{version:<6d}', '7     ', '-42   ', '10000 '],
  ['{version:^7}', '   7   ', '  -42  ', ' 10000 '],
  ['{version:=+6d}', '+    7', '-   42', '+10000'],
  ['{version:+}', '+7', '-42', '+10000'],
  ['{version: 05d}', ' 0007', '-0042', ' 10000'],
  ['{version:_>6}', '_____7', '___-42', '_10000'],
  ['{version:é^6d}', 'éé7ééé', 'é-42éé', '10000é'],
  ['{version:🦊>6}', '🦊🦊🦊🦊🦊7', '🦊🦊🦊-42', '🦊10000'],
  ['{version:<06d}', '700000', '-42000', '100000'],
  ['{version:*<06d}', '7*****', '-42***', '10000*'],
  ['{version:0>4}', '0007', '0-42', '10000'],
  ['{version:0}', '7', '-42', '10000'],
  ['{version:x}', '7', '-2a', '2710'],
  ['{version:#X}', '0X7', '-0X2A', '0X2710'],
  ['{version:#010b}', '0b00000111', '-0b0101010', '0b10011100010000'],
  ['{version:o}', '7', '-52', '23420'],
  ['{version:,}', '7', '-42', '10,000'],
  ['{version:_d}', '7', '-42', '10_000'],
  ['{version:08,}', '0,000,007', '-000,042', '0,010,000'],
  ['{version:_b}', '111', '-10_1010', '10_0111_0001_0000'],
  ['{version:n}', '7', '-42', '10000'],
  ['{version!r}', '7', '-42', '10000'],
  ['{version!s:>6}', '     7', '   -42', ' 10000'],
  ['{version!r:04}', '7000', '-420', '10000'],
  ['{version!s:.2}', '7', '-4', '10'],
  ['{{{version}}}', '{7}', '{-42}', '{10000}'],
  ['a{version}b{version:03d}', 'a7b007', 'a-42b-42', 'a10000b10000'],
  ['plain', 'plain', 'plain', 'plain'],
];

/** What Python 3.11 makes of the first moment of a leap year's morning, a noon, and the last second of that leap year. */
const moments = [
  new Date(2024, 0, 1, 0, 5, 9, 7),
  new Date(2023, 11, 31, 12, 0, 0, 0),
  new Date(2024, 11, 31, 23, 59, 59, 999),
];
const timestamps: [format: string, ...texts: string[]][] = [
  ['%Y%m%d_%H%M%S', '20240101_000509', '20231231_120000', '20241231_235959'],
  ['%FT%T', '2024-01-01T00:05:09', '2023-12-31T12:00:00', '2024-12-31T23:59:59'],
  ['%y-%j', '24-001', '23-365', '24-366'],
  ['%I:%M %p', '12:05 AM', '12:00 PM', '11:59 PM'],
  ['%a %A %b %B', 'Mon Monday Jan January', 'Sun Sunday Dec December', 'Tue Tuesday Dec December'],
  ['%S.%f', '09.007000', '00.000000', '59.999000'],
  ['<%Z>', '<>', '<>', '<>'],
  ['%%Y 100%%', '%Y 100%', '%Y 100%', '%Y 100%'],
];

function failure(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    expect(error).toBeInstanceOf(ModelValidationError);
    return (error as Error).message;
  }
  throw new Error('it was accepted');
}

afterEach(() => vi.unstubAllEnvs());

describe('a version', () => {
  test.each(versions)('as %j is what Python makes of it', (format, seven, negative, large) => {
    expect([7, -42, 10_000].map((version) => formatVersion(format, version))).toEqual([
      seven,
      negative,
      large,
    ]);
  });

  test('padded with zeros sorts by name as by number', () => {
    fc.assert(
      fc.property(fc.nat(9999), fc.nat(9999), (one, other) => {
        const [first, second] = [one, other].map((version) => formatVersion('v{version:04d}', version));
        expect((first ?? '') < (second ?? '')).toBe(one < other);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  test.each([
    ['v{epoch:04d}', '{epoch:04d} is not known, only {version} is'],
    ['v{}', '{} is not known'],
    ['v{ version}', '{ version} is not known'],
    ['v{version.real}', '{version.real} is not known'],
    ['v{version!q}', '{version!q} is not known'],
    ['v{version!r:04d}', '{version!r:04d} is not a way'],
    ['v{__proto__}', '{__proto__} is not known'],
    ['v{version:.4f}', '{version:.4f} is not a way to write a whole number'],
    ['v{version:,x}', 'is not a way'],
    ['v{version:c}', 'is not a way'],
    ['v{version:{version}}', 'a single {'],
    ['v{version', 'a single {'],
    ['v}', 'a single }'],
    ['v{version:}}', 'a single }'],
    ['v{version:256d}', 'its width is more than the 255 bytes of a name'],
    ['v{version:99999999999999999999d}', 'its width is more'],
    ['{version:200d}{version:200d}', 'longer than a name can be'],
    ['{version:é>140d}', 'longer than a name can be'],
  ])('as %j is refused with the reason', (format, reason) => {
    expect(failure(() => formatVersion(format, 7))).toContain(reason);
  });

  test.each([1.5, Number.NaN, Infinity, 2 ** 53])('of %d is refused', (version) => {
    expect(failure(() => formatVersion('{version}', version))).toContain('is not a whole number');
  });
});

describe('a timestamp', () => {
  test.each(timestamps)('as %j is what Python makes of it', (format, ...texts) => {
    expect(moments.map((moment) => formatTimestamp(format, moment))).toEqual(texts);
  });

  test.each([
    ['UTC', '20240701_120000+0000 1719835200'],
    ['Europe/Berlin', '20240701_140000+0200 1719835200'],
    ['Asia/Kathmandu', '20240701_174500+0545 1719835200'],
    ['America/St_Johns', '20240701_093000-0230 1719835200'],
  ])('is in the local time of %s', (zone, text) => {
    vi.stubEnv('TZ', zone);
    expect(formatTimestamp('%Y%m%d_%H%M%S%z %s', new Date('2024-07-01T12:00:00Z'))).toBe(text);
  });

  test('counts the days of the year across the change to summer time', () => {
    vi.stubEnv('TZ', 'Europe/Berlin');
    expect(formatTimestamp('%j', new Date(2024, 9, 27, 23, 30))).toBe('301');
    expect(formatTimestamp('%j', new Date(2024, 2, 31, 0, 30))).toBe('091');
  });

  test.each([
    ['%Q', '%Q is not known'],
    ['%-d', '%- is not known'],
    ['%c', '%c is not known'],
    ['%🦊', '%🦊 is not known'],
    ['%Y%', 'ends with a single %'],
    ['%%%', 'ends with a single %'],
  ])('as %j is refused with the reason', (format, reason) => {
    expect(failure(() => formatTimestamp(format, moments[0]!))).toContain(reason);
  });

  test.each([new Date(Number.NaN), new Date(-1e14), new Date(8e15)])(
    'of no date, or of one without four digits for its year, is refused',
    (date) => {
      expect(failure(() => formatTimestamp('%Y', date))).toContain('no year of four digits');
    },
  );
});

describe('neither', () => {
  test.each([
    ['../{version}', '/ cannot be'],
    ['{version}/x', '/ cannot be'],
    ['{version:/>4}', '/ cannot be'],
    ['a\\b', '\\ cannot be'],
    ['a\0b', 'a NUL cannot be'],
    ['.hidden', 'starts with a dot'],
    ['..', 'starts with a dot'],
  ])('can leave its folder or hide: %j', (format, reason) => {
    expect(failure(() => formatVersion(format, 7))).toContain(reason);
    if (!format.includes('>')) expect(failure(() => formatTimestamp(format, moments[0]!))).toContain(reason);
  });

  test('does anything but give a safe name or say on one line which format is wrong', () => {
    const text = fc
      .array(
        fc.constantFrom('{', '}', 'version', ':', '0', '4', 'd', '<', '%', 'Y', 'f', '/', '.', '\n', '\0'),
        { maxLength: 12 },
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, fc.constantFrom(formatVersionOf7, formatTimestampOfNoon), (format, act) => {
        try {
          expect(act(format)).toMatch(/^(?!\.)[^/\\\0]*$/);
        } catch (error) {
          if (!(error instanceof ModelValidationError)) throw error;
          expect(error.message).toMatch(/^the format ".*" cannot be used — .* — /);
        }
      }),
      { seed: 1, numRuns: 2000 },
    );
  });
});

function formatVersionOf7(format: string): string {
  return formatVersion(format, 7);
}

function formatTimestampOfNoon(format: string): string {
  return formatTimestamp(format, new Date(2024, 0, 1, 12));
}
