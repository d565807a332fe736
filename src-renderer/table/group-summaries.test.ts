import { expect, test } from 'vitest';
import { bareIntegrity } from '../../shared/model/integrity.ts';
import type { RowGroup } from '../versions/arrange-groups.ts';
import { VersionList } from '../versions/version-list.ts';
import { aRow } from '../versions/version-row.fixture.ts';
import { buildColumns } from './columns.ts';
import { GroupSummaries } from './group-summaries.ts';
import { groupingOf } from './groupings.ts';

const metric = { name: 'loss', mode: 'min', source: 'config' } as const;
const [column] = buildColumns([{ name: 'loss', fractional: true }], [metric]).filter(
  ({ id }) => id === 'metric:loss',
);

function grouped(id: string) {
  const list = new VersionList();
  const torn = bareIntegrity('torn', 'cut');
  list.set(aRow(1, { symbol: 'X', metrics: { loss: 3 }, timestamp: '2026-03-02T10:00:00' }));
  list.set(aRow(2, { symbol: 'X', metrics: { loss: 1 }, timestamp: '2026-03-03T10:00:00' }));
  list.set(aRow(3, { symbol: 'X', metrics: { loss: 0.5 }, integrity: torn }));
  list.set(aRow(4, { symbol: null, metrics: { loss: Number.NaN }, timestamp: '2026-04-01T00:00:00' }));
  list.refresh();
  list.setGrouping(groupingOf(id, [])?.by ?? null);
  return { list, summaries: new GroupSummaries(list, () => metric) };
}

function amountOf(summaries: GroupSummaries, group: RowGroup) {
  return column && summaries.amounts(group, [column]).get(column.id);
}

test('a heading tells count, least, mean and greatest of finite numbers, and nothing where there are none', () => {
  const { list, summaries } = grouped('symbol');
  const [none, x] = list.groups;
  if (!none || !x || !column) throw new Error('there are two groups and a column');
  expect(amountOf(summaries, x)).toEqual({ count: 3, min: 0.5, mean: 1.5, max: 3 });
  expect(amountOf(summaries, none)).toBeNull();
});

test('what was worked out is worked out again when other rows are shown, and not when groups are folded', () => {
  const { list, summaries } = grouped('symbol');
  const [, x] = list.groups;
  if (!x || !column) throw new Error('there are two groups and a column');
  const before = amountOf(summaries, x);
  list.setFolded(new Set(['X']));
  const [, folded] = list.groups;
  expect(folded && amountOf(summaries, folded)).toBe(before);
  list.delete(3);
  list.refresh();
  const [, left] = list.groups;
  expect(left && amountOf(summaries, left)).toEqual({ count: 2, min: 1, mean: 2, max: 3 });
});

test('the best of a group is by the run’s metric and direction, and is whole; the last is the newest', () => {
  const { list, summaries } = grouped('symbol');
  const [none, x] = list.groups;
  if (!none || !x) throw new Error('there are two groups');
  expect(summaries.best(x)).toMatchObject({ handle: 2 });
  expect(summaries.last(x)?.handle).toBe(3);
  expect(summaries.best(none)).toBeNull();
});

test('on a tie the best of a group is a best model, then the earlier, whatever the order', () => {
  const tied = [
    aRow(1, { kind: 'checkpoint', version: null, symbol: 'X', metrics: { loss: 1 }, step: 10 }),
    aRow(2, { symbol: 'X', metrics: { loss: 1 } }),
    aRow(3, { symbol: 'X', metrics: { loss: 1 } }),
  ];
  for (const rows of [tied, tied.toReversed()])
    for (const direction of ['asc', 'desc'] as const) {
      const list = new VersionList();
      for (const row of rows) list.set(row);
      list.refresh();
      list.setSort({ direction, value: { kind: 'number', of: ({ handle }) => handle } });
      list.setGrouping(groupingOf('symbol', [])?.by ?? null);
      const [x] = list.groups;
      expect(x && new GroupSummaries(list, () => metric).best(x)).toMatchObject({ handle: 2 });
    }
});

test('a file that is still being written is no best of its group', () => {
  const { list, summaries } = grouped('symbol');
  list.set(aRow(5, { symbol: 'X', metrics: { loss: 0.1 }, integrity: bareIntegrity('writing') }));
  list.refresh();
  const x = list.groups.find(({ key }) => key === 'X');
  expect(x && summaries.best(x)).toMatchObject({ handle: 2 });
});

test('a group of runs that rank by different metrics has no best, and that is said', () => {
  const list = new VersionList();
  for (const [handle, runId] of ['a', 'b', 'c'].entries())
    list.set(aRow(handle, { runId, symbol: 'X', metrics: { loss: handle } }));
  list.refresh();
  list.setGrouping(groupingOf('symbol', [])?.by ?? null);
  const [x] = list.groups;
  if (!x) throw new Error('there is a group');
  expect(new GroupSummaries(list, () => metric).best(x)).toMatchObject({ handle: 0 });
  const turned = new GroupSummaries(list, ({ runId }) => ({
    ...metric,
    mode: runId === 'c' ? 'max' : 'min',
  }));
  expect(turned.best(x)).toBe('mixed');
});

test.each([
  ['day', ['2026-04-01', '', '2026-03-03', '2026-03-02']],
  ['month', ['2026-04', '', '2026-03']],
  ['integrity', ['Unverified', 'Torn']],
  ['folder', ['best_models']],
])('rows are grouped by %s', (id, keys) => {
  expect(grouped(id).list.groups.map(({ key }) => key)).toEqual(keys);
});
