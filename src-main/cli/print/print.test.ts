import { describe, expect, test } from 'vitest';
import { makeVersion } from '../../../shared/model/version.fixture.ts';
import { formatNumber } from '../../core/formats/plain-text.ts';
import { formatCsv } from './csv.ts';
import { formatBytes, formatLikeness, formatMeasure, formatTime } from './format-values.ts';
import { formatProblems } from './problems.ts';
import { formatTable } from './table.ts';

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.00 kB'],
  [157_413, '157.4 kB'],
  [49_317_000, '49.3 MB'],
  [1e9, '1.00 GB'],
  [2.5e15, '2500.0 TB'],
])('%d bytes are %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

test.each([
  [null, '–'],
  [0.49434, '0.4943'],
  [-0.25, '-0.2500'],
  [7, '7'],
  [Number.NaN, 'NaN'],
  [-Infinity, '-Infinity'],
])('the number %s is printed as %s', (value, text) => {
  expect(formatNumber(value)).toBe(text);
});

test.each([
  [null, '–'],
  ['20261129_230000', '2026-11-29T23:00:00'],
  ['20261329_230000', '20261329_230000'],
  ['2026-11-29T23:00:00.5+02:00', '2026-11-29T23:00:00.5+02:00'],
  ['yesterday_at_10', 'yesterday_at_10'],
])('the time %s is printed as %s: in one form in one table', (timestamp, text) => {
  expect(formatTime(timestamp)).toBe(text);
});

test.each([
  [null, '–'],
  [0, '0'],
  [35_840, '35840'],
  [1.769, '1.7690'],
  [3.2e-9, '3.2000e-9'],
  [-0.000_012_34, '-0.000012340'],
  [2n ** 63n, '9223372036854775808'],
  [Number.NaN, 'NaN'],
])('the measure %s is printed as %s: what is little is not nothing', (value, text) => {
  expect(formatMeasure(value)).toBe(text);
});

test.each([
  [1, '1'],
  [0.874_04, '0.87404'],
  [0.999_999_99, '0.99999999'],
  [-0.999_999_99, '-0.99999999'],
  [null, '–'],
])('the likeness %s is printed as %s: almost the same is not the same', (value, text) => {
  expect(formatLikeness(value)).toBe(text);
});

describe('a table', () => {
  const columns = [
    { title: 'NAME', text: (row: { name: string }) => row.name },
    { title: 'LENGTH', align: 'right' as const, text: (row: { name: string }) => String(row.name.length) },
  ];

  test('has its columns one below the other', () => {
    expect(formatTable(columns, [{ name: 'a' }, { name: 'longer' }])).toEqual([
      'NAME    LENGTH\n',
      'a            1\n',
      'longer       6\n',
    ]);
    expect(formatTable(columns, [])).toEqual(['NAME  LENGTH\n']);
  });

  test('has titles that cannot move the cursor, and columns wide enough for them', () => {
    const [title, row] = formatTable([{ title: '\u001b[2J', align: 'right', text: () => '1' }], ['']);
    expect([title, row]).toEqual(['\\u001b[2J\n', '        1\n']);
  });

  test('is one line a row, whatever a name has in it', () => {
    const lines = formatTable(columns, [{ name: 'a\nb\u001b[2J\u202e' }]);
    expect(lines).toHaveLength(2);
    expect(lines[1]).toMatch(/^a\\u000ab\\u001b\[2J\\u202e +8\n$/);
  });
});

describe('CSV', () => {
  const read = (rows: Iterable<string>) => [...rows].map((row) => row.replace(/\r\n$/, '').split(','));

  test('has a column for every metric that is a number in any version', () => {
    const versions = [
      makeVersion({ metrics: { sharpe: 1.5, note: 'x' } }),
      makeVersion({ id: 'b', reward: null, metrics: { win: 'NaN' } }),
    ];
    const [names = [], first = [], second = []] = read(formatCsv(versions));
    const cellOf = (row: string[], name: string) => row[names.indexOf(name)];
    expect(names).toContain('win');
    expect(names).not.toContain('note');
    expect([
      cellOf(first, 'sharpe'),
      cellOf(second, 'sharpe'),
      cellOf(second, 'win'),
      cellOf(second, 'reward'),
    ]).toEqual(['1.5', '', 'NaN', '']);
    expect([first.length, second.length]).toEqual([names.length, names.length]);
  });

  test('keeps commas, quotes and line ends within their cell', () => {
    const [, row] = [...formatCsv([makeVersion({ id: 'a,"b"\n.pt' })])];
    expect(row).toMatch(/^"a,""b""\n\.pt",best,/);
  });
});

test.each([
  [0, []],
  [20, ['', 'Problems', ...Array<string>(20).fill('  a.pt: torn')]],
  [1234, ['', 'Problems', ...Array<string>(20).fill('  a.pt: torn'), '  1,214 more: --json has all of them']],
])('of %d problems the first are named, and how many more there are', (count, lines) => {
  const problems = Array.from({ length: count }, () => ({ path: 'a.pt', problem: 'torn' }));
  expect([...formatProblems(problems)].join('')).toBe(lines.map((line) => `${line}\n`).join(''));
});
