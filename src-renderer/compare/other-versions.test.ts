import { expect, test } from 'vitest';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { VersionList } from '../versions/version-list.ts';
import { aRow } from '../versions/version-row.fixture.ts';
import { counterpart, isLater, laterFirst, othersOf } from './other-versions.ts';

function listOf(...rows: VersionRow[]): VersionList {
  const list = new VersionList();
  for (const row of rows) list.set(row);
  list.refresh();
  return list;
}

test('a version in a folded group has others to be compared with', () => {
  const list = listOf(aRow(1), aRow(2), aRow(3));
  list.setGrouping({ kind: 'words', of: ({ kind }) => kind });
  list.setFolded(new Set(list.groups.map(({ key }) => key)));
  const row = aRow(3);
  expect(counterpart(row, list)?.handle).toBe(2);
  expect(othersOf(row, null, list).map(({ handle }) => handle)).toEqual([2, 1]);
});

test('a version that is alone has none', () => {
  const list = listOf(aRow(1));
  expect(counterpart(aRow(1), list)).toBeNull();
  expect(othersOf(aRow(1), null, list)).toEqual([]);
});

test('of versions without times and numbers, as of stable-baselines3, that of more steps is the later', () => {
  const [early, late] = [5000, 20_000].map((step) => aRow(step, { version: null, timestamp: null, step }));
  if (!early || !late) throw new Error('there are two');
  expect([isLater(late, early), isLater(early, late)]).toEqual([true, false]);
  expect(laterFirst([early, late])).toEqual([late, early]);
  const unknown = aRow(1, { version: null, timestamp: null, step: null });
  expect([isLater(unknown, early), isLater(early, unknown)]).toEqual([false, false]);
});

test('of two versions the later is told by time, else by number, and is what the earlier became', () => {
  const at = (handle: number, timestamp: string | null) => aRow(handle, { timestamp });
  const [early, late] = [at(9, '2026-03-02T10:00:00'), at(8, '2026-03-02T11:00:00')];
  expect([isLater(late, early), isLater(early, late)]).toEqual([true, false]);
  expect([isLater(aRow(2), aRow(1)), isLater(aRow(1), aRow(2))]).toEqual([true, false]);
  expect(laterFirst([early, late])).toEqual([late, early]);
  expect(laterFirst([late, early])).toEqual([late, early]);
});
