import { expect, test } from 'vitest';
import { groupedWords } from '../toolbar/grouped-words.ts';
import { VersionList } from '../versions/version-list.ts';
import { aRow } from '../versions/version-row.fixture.ts';
import { buildColumns } from './columns.ts';
import { byFewness } from './few-values.ts';
import { groupingOf, groupingOfColumn, groupingsFor } from './groupings.ts';

const columns = buildColumns(
  [
    { name: 'sharpe', fractional: true },
    { name: 'layers', fractional: false },
  ],
  [{ name: 'sharpe', mode: 'max', source: 'config' }],
);

test('rows can be grouped by every column, each under one name', () => {
  const ids = groupingsFor(columns).map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { id } of columns) expect(groupingOfColumn(id, columns), id).not.toBeNull();
  expect(groupingOfColumn('time', columns)?.id).toBe('day');
  expect(groupingOf('metric:gone', columns)).toBeNull();
});

test('what makes a few groups comes first, what makes one or very many after it', () => {
  const list = new VersionList();
  for (let handle = 0; handle < 300; handle += 1)
    list.set(aRow(handle, { metrics: { layers: handle % 3, sharpe: handle / 7 } }));
  list.refresh();
  const { few, other } = byFewness(list, groupingsFor(columns));
  expect(few.map(({ id }) => id)).toEqual(['metric:layers']);
  expect(other.map(({ id }) => id)).toEqual(expect.arrayContaining(['metric:sharpe', 'kind', 'checksum']));
});

test('it is said whether numbers are grouped by value or by ranges, and by which', () => {
  const sharpe = groupingOf('metric:sharpe', columns);
  expect(groupedWords(sharpe, null)).toBe('Sharpe ratio: a group for each value');
  expect(groupedWords(sharpe, 0.5)).toBe('Sharpe ratio: ranges of 0.5, as there are more than 12 values');
  expect(groupedWords(groupingOf('size', columns), 2_000_000)).toContain('ranges of 2.00 MB');
  expect(groupedWords(groupingOf('kind', columns), null)).toBeNull();
});
