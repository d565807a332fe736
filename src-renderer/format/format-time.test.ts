import { expect, test } from 'vitest';
import {
  exactTimestamp,
  formatAge,
  formatDuration,
  formatTimestamp,
  type Precision,
  timeWriter,
} from './format-time.ts';

test('zoneless timestamps are shown as they were written, whatever the clock of this machine', () => {
  expect(formatTimestamp('20250303_112100')).toBe('2025-03-03 11:21:00');
  expect(formatTimestamp('2025-03-03T11:21:00.123456')).toBe('2025-03-03 11:21:00');
});

test('absolute timestamps are shown in the local clock', () => {
  const local = new Date(2025, 2, 3, 11, 21, 5);
  expect(formatTimestamp(local.toISOString())).toBe('2025-03-03 11:21:05');
});

test('text that is no timestamp stays as it is', () => {
  expect(formatTimestamp('yesterday <b>')).toBe('yesterday <b>');
});

test('times are written in the manner of a locale, as much of them as is asked for', () => {
  const written = (locale: string) => {
    const write = timeWriter(locale);
    const all: Precision[] = ['second', 'minute', 'day', 'month'];
    return all.map((precision) => write(Date.UTC(2026, 2, 2, 14, 5, 9), precision).replaceAll('\u202f', ' '));
  };
  expect(written('')).toEqual(['2026-03-02 14:05:09', '2026-03-02 14:05', '2026-03-02', '2026-03']);
  expect(written('de-DE')).toEqual(['02.03.2026, 14:05:09', '02.03.2026, 14:05', '02.03.2026', 'März 2026']);
  expect(written('en-US')).toEqual([
    'Mar 2, 2026, 2:05:09 PM',
    'Mar 2, 2026, 2:05 PM',
    'Mar 2, 2026',
    'March 2026',
  ]);
});

test('hover text has every digit that is on record', () => {
  expect(exactTimestamp('2025-03-03T11:21:00.123456')).toBe(
    '2025-03-03 11:21:00 (2025-03-03T11:21:00.123456)',
  );
  expect(exactTimestamp('yesterday')).toBe('yesterday');
});

test('ages are told in one unit', () => {
  const now = Date.UTC(2026, 0, 2);
  const ago = (seconds: number) => formatAge(now - seconds * 1000, now);
  expect([5, 60, 7200, 86_400, 3 * 86_400, -9].map(ago)).toEqual([
    'just now',
    '1 minute ago',
    '2 hours ago',
    'yesterday',
    '3 days ago',
    'just now',
  ]);
});

test('durations round up, so that nothing is promised too early', () => {
  expect([0, 0.2, 59, 125, 4200].map(formatDuration)).toEqual([
    '0 s',
    '1 s',
    '59 s',
    '2 min 5 s',
    '1 h 10 min',
  ]);
});
