import { describe, expect, test } from 'vitest';
import { bareIntegrity } from '../../shared/model/integrity.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { showAll } from './filter-rows.ts';
import type { Measure } from './measure.ts';
import { type RowSort, VersionList } from './version-list.ts';
import { aRow } from './version-row.fixture.ts';

const byReward = (direction: 'asc' | 'desc'): RowSort => ({
  direction,
  value: { kind: 'number', of: (row) => row.reward },
});

function listOf(...rows: VersionRow[]): VersionList {
  const list = new VersionList();
  for (const row of rows) list.set(row);
  list.refresh();
  return list;
}

function handles(list: VersionList): (number | undefined)[] {
  return [...list.shown.keys()].map((index) => list.rowAt(index)?.handle);
}

describe('the order of versions', () => {
  test('is newest first until a column is chosen: by number, then time, those without a number last', () => {
    const list = listOf(
      aRow(1, { version: null, timestamp: '20250101_000000' }),
      aRow(2, { version: 9 }),
      aRow(3, { version: 10, timestamp: '20250101_000000' }),
      aRow(4, { version: 10, timestamp: '20250102_000000' }),
      aRow(5, { version: null, timestamp: '20250103_000000' }),
    );
    expect(handles(list)).toEqual([4, 3, 2, 5, 1]);
  });

  test('goes by the time in the name where the date on record cannot be read, as lists and the latest do', () => {
    const list = listOf(
      aRow(1, { version: 3, timestamp: '20250102_000000' }),
      aRow(2, { version: 3, timestamp: 'last week', id: 'best_models/model_v0003_20250103_000000.pt' }),
      aRow(3, { version: 3, timestamp: null, id: 'best_models/model_v0003.pt' }),
      aRow(4, { version: 3, timestamp: 'noon', id: 'best_models/model_v0003_20250101_000000.pt.gz' }),
    );
    expect(handles(list)).toEqual([2, 1, 4, 3]);
  });

  test('has NaN, infinities and missing values last in both directions', () => {
    const rewards = [0.5, Number.NaN, -2, null, Infinity, 7];
    const list = listOf(...rewards.map((reward, handle) => aRow(handle, { reward })));
    list.setSort(byReward('asc'));
    expect(handles(list).slice(0, 3)).toEqual([2, 0, 5]);
    list.setSort(byReward('desc'));
    expect(handles(list).slice(0, 3)).toEqual([5, 0, 2]);
    expect(new Set(handles(list).slice(3))).toEqual(new Set([1, 3, 4]));
    list.setSort(null);
    expect(handles(list)).toEqual([5, 4, 3, 2, 1, 0]);
  });

  test('takes in new, changed and removed rows without a new sort', () => {
    const list = listOf(aRow(1, { reward: 1 }), aRow(2, { reward: 2 }), aRow(3, { reward: 3 }));
    list.setSort(byReward('asc'));
    list.set(aRow(1, { reward: 9 }));
    list.set(aRow(4, { reward: 2.5 }));
    list.delete(2);
    list.refresh();
    expect(handles(list)).toEqual([4, 3, 1]);
    expect([list.indexOf(3), list.indexOf(2)]).toEqual([1, -1]);
  });

  test('stays the same array when rows changed but none of them moved', () => {
    const list = listOf(aRow(1), aRow(2));
    const { shown } = list;
    list.set(aRow(1, { integrity: bareIntegrity('verified') }));
    list.refresh();
    expect(list.shown).toBe(shown);
    expect(list.rowAt(1)?.integrity.state).toBe('verified');
  });

  test('gives the slot of a removed row to the next one without mixing them up', () => {
    const list = listOf(aRow(1), aRow(2));
    list.delete(2);
    list.set(aRow(3, { version: 0 }));
    list.refresh();
    expect(handles(list)).toEqual([1, 3]);
    expect(list.get(2)).toBeUndefined();
  });
});

describe('the text filter', () => {
  const list = listOf(
    aRow(1, { tags: ['Keeper'] }),
    aRow(2, { kind: 'checkpoint', integrity: bareIntegrity('torn') }),
    aRow(3, { version: 30 }),
  );
  const filtered = (text: string, onlyProblems = false) => {
    list.setFilter({ ...showAll, text, onlyProblems });
    return handles(list);
  };

  test('looks at id, version, kind, tags and state, and wants every word', () => {
    expect(filtered('keeper')).toEqual([1]);
    expect(filtered('v30')).toEqual([3]);
    expect(filtered('checkpoint torn')).toEqual([2]);
    expect(filtered('model_v2')).toEqual([2]);
    expect(filtered('checkpoint keeper')).toEqual([]);
    expect(filtered('  ')).toEqual([3, 2, 1]);
  });

  test('is a query too', () => {
    expect(filtered('kind = checkpoint or tag:keeper')).toEqual([2, 1]);
    expect(filtered('version in (1, 30) and not keeper')).toEqual([3]);
    expect(filtered('is:problem', true)).toEqual([2]);
  });

  test('that cannot be understood counts as far as it goes', () => {
    expect(filtered('kind = checkpoint')).toEqual([2]);
    expect(list.fault).toBeNull();
    expect(filtered('kind = checkpoint and version >')).toEqual([2]);
    expect(list.fault).toMatchObject({ start: 31, end: 31 });
    expect(list.isPartial).toBe(true);
    expect(filtered('kind = chec')).toEqual([3, 2, 1]);
    expect(filtered('kind = chec', true)).toEqual([2]);
    expect(filtered('')).toEqual([3, 2, 1]);
    expect(list.isPartial).toBe(false);
  });

  test('does not empty the table while a word is typed that may become a condition', () => {
    const typed = (text: string) => {
      list.setFilter({ ...showAll, text, typing: true });
      return handles(list);
    };
    expect(typed('kind = best and epi')).toEqual([3, 1]);
    expect(list.isPartial).toBe(true);
    expect(typed('kind = best and zzz')).toEqual([]);
    expect(typed('checkpoint')).toEqual([2]);
    expect(list.isPartial).toBe(false);
    expect(filtered('kind = best and epi')).toEqual([]);
  });

  test('understands a metric as soon as a version has it', () => {
    const growing = listOf(aRow(1));
    growing.setFilter({ ...showAll, text: 'sharpe > 1' });
    expect(growing.fault?.message).toContain('unknown field “sharpe”');
    expect(handles(growing)).toEqual([1]);
    growing.set(aRow(2, { metrics: { sharpe: 2 } }));
    growing.refresh();
    expect(growing.fault).toBeNull();
    expect(handles(growing)).toEqual([2]);
  });

  test('can be left to the versions with a problem', () => {
    expect(filtered('', true)).toEqual([2]);
    expect(filtered('keeper', true)).toEqual([]);
  });

  test('follows changes', () => {
    filtered('', true);
    list.set(aRow(3, { integrity: bareIntegrity('mismatch') }));
    list.refresh();
    expect(handles(list)).toEqual([3, 2]);
  });
});

test('numbers are read once, by slot, until a row changes', () => {
  const reward: Measure = { id: 'reward', label: 'Reward', of: (row) => row.reward, format: String };
  const list = listOf(aRow(1, { reward: 0.1 }), aRow(2, { reward: null }), aRow(3, { reward: 0.3 }));
  const numbers = list.numbers(reward);
  expect([...numbers]).toEqual([0.1, Number.NaN, 0.3]);
  list.setSort(byReward('desc'));
  expect(list.numbers(reward)).toBe(numbers);
  expect([...list.shown].map((slot) => list.rowIn(slot)?.handle)).toEqual([3, 1, 2]);
  expect(list.slotOf(3)).toBe(2);
  list.delete(1);
  const early = list.numbers(reward);
  expect([...early]).toEqual([Number.NaN, Number.NaN, 0.3]);
  list.refresh();
  expect(list.numbers(reward)).not.toBe(early);
});

test('ranges and a query together keep what passes both', () => {
  const reward: Measure = { id: 'reward', label: 'Reward', of: (row) => row.reward, format: String };
  const list = listOf(aRow(1, { reward: 0.1 }), aRow(2, { reward: 0.2 }), aRow(3, { reward: 0.3 }));
  const ranges = [{ measure: reward, low: 0.2, high: null }];
  list.setFilter({ ...showAll, ranges });
  expect(handles(list)).toEqual([3, 2]);
  list.setFilter({ ...showAll, ranges, text: 'reward < 0.3' });
  expect(handles(list)).toEqual([2]);
});

test('states are counted as rows come, change and go', () => {
  const list = listOf(aRow(1), aRow(2), aRow(3, { integrity: bareIntegrity('torn') }));
  list.set(aRow(1, { integrity: bareIntegrity('verified') }));
  list.delete(3);
  expect(list.counts()).toEqual(
    new Map([
      ['unverified', 1],
      ['verified', 1],
    ]),
  );
});

test('the best and the latest are those whose rows say so now', () => {
  const list = listOf(aRow(1, { is_best: true, is_latest: true }), aRow(2));
  list.set(aRow(1, { is_best: true }));
  list.set(aRow(2, { is_latest: true }));
  expect([list.best?.handle, list.latest?.handle]).toEqual([1, 2]);
  list.set(aRow(1));
  list.delete(2);
  expect([list.best, list.latest]).toEqual([null, null]);
});

test('metrics are found once, with whether they have fractions', () => {
  const list = listOf(aRow(1, { metrics: { sharpe: 1, trades: 4, note: 'x', odd: Number.NaN } }));
  const before = list.metrics.list;
  expect(before).toMatchObject([
    { name: 'sharpe', fractional: false },
    { name: 'trades', fractional: false },
    { name: 'odd', fractional: false },
  ]);
  list.set(aRow(2, { metrics: { trades: 9 } }));
  expect(list.metrics.list).toBe(before);
  list.set(aRow(3, { metrics: { sharpe: 1.5 } }));
  expect(list.metrics.list[0]).toMatchObject({ name: 'sharpe', fractional: true });
});

test('a text is looked for in what versions say by now', () => {
  const list = new VersionList();
  for (const handle of [1, 2]) list.set(aRow(handle, { notes: null }));
  list.refresh();
  const kept = () => Array.from(list.shownRows(), ({ handle }) => handle);
  list.setFilter({ ...showAll, text: 'kept' });
  expect(kept()).toEqual([]);
  list.set(aRow(2, { notes: 'Kept' }));
  list.refresh();
  expect(kept()).toEqual([2]);
  list.set(aRow(2, { notes: null }));
  list.set(aRow(3, { tags: ['keptest'] }));
  list.refresh();
  expect(kept()).toEqual([3]);
});
