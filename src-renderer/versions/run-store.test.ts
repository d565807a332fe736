import { describe, expect, test } from 'vitest';
import type { Bridge } from '../../shared/ipc/bridge.ts';
import { packRows } from '../../shared/ipc/packed-rows.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { showAll } from './filter-rows.ts';
import { RunStore } from './run-store.ts';
import { aRow } from './version-row.fixture.ts';

interface Page {
  revision: number;
  rows: VersionRow[];
  next: number | null;
  end?: number;
}

/** A store whose pages are answered by hand, in the order asked. */
function follow(): {
  store: RunStore;
  asked: number[];
  answer: (page: Page | string) => Promise<void>;
  differ: (revision: number, rows: VersionRow[], removed?: number[]) => void;
  handles: () => (number | undefined)[];
} {
  const asked: number[] = [];
  const waiting: ((result: unknown) => void)[] = [];
  const request = (_name: string, input: { from: number }) => {
    asked.push(input.from);
    return new Promise((resolve) => waiting.push(resolve));
  };
  const store = new RunStore('run', request as Bridge['request'], (flush) => flush());
  return {
    store,
    asked,
    answer: async (page) => {
      waiting.shift()?.(
        typeof page === 'string'
          ? { ok: false, failure: { code: 'ModelManager', message: page, path: null } }
          : { ok: true, value: { end: Number.MAX_SAFE_INTEGER, ...page, rows: packRows(page.rows) } },
      );
      await new Promise((resolve) => setTimeout(resolve));
    },
    differ: (revision, rows, removed = []) =>
      store.receive({ runId: 'run', revision, rows: packRows(rows), removed }),
    handles: () => {
      const { list, shown } = store.snapshot();
      return [...shown.keys()].map((index) => list.rowAt(index)?.handle);
    },
  };
}

describe('a run store', () => {
  test('shows the first page before the others have come', async () => {
    const { store, asked, answer, handles } = follow();
    void store.load();
    await answer({ revision: 1, rows: [aRow(1)], next: 7 });
    expect(handles()).toEqual([1]);
    expect(store.snapshot().loading).toBe(true);
    await answer({ revision: 1, rows: [aRow(2)], next: null });
    expect(handles()).toEqual([2, 1]);
    expect(store.snapshot().loading).toBe(false);
    expect(asked).toEqual([0, 7]);
  });

  test('asks for no page beyond what was there at first: the rest comes as differences', async () => {
    const { store, asked, answer, differ, handles } = follow();
    void store.load();
    await answer({ revision: 1, rows: [aRow(1)], next: 1, end: 2 });
    differ(2, [aRow(3)]);
    await answer({ revision: 2, rows: [aRow(2), aRow(3)], next: 3, end: 9 });
    expect(asked).toEqual([0, 1]);
    expect(handles().sort()).toEqual([1, 2, 3]);
    expect(store.snapshot().loading).toBe(false);
  });

  test('applies differences in turn and keeps the selection', async () => {
    const { store, answer, differ, handles } = follow();
    void store.load();
    await answer({ revision: 4, rows: [aRow(1), aRow(2)], next: null });
    store.select(1);
    differ(5, [aRow(3)], [2]);
    expect(handles()).toEqual([3, 1]);
    expect(store.snapshot().selected).toBe(1);
    differ(6, [], [1]);
    expect(store.snapshot().selected).toBeNull();
  });

  test('reads everything again after a gap, and drops what is gone', async () => {
    const { store, asked, answer, differ, handles } = follow();
    void store.load();
    await answer({ revision: 1, rows: [aRow(1), aRow(2)], next: null });
    differ(3, [aRow(3)]);
    expect(asked).toEqual([0, 0]);
    expect(handles()).toEqual([2, 1]);
    await answer({ revision: 3, rows: [aRow(1), aRow(3)], next: null });
    expect(handles()).toEqual([3, 1]);
  });

  test('ignores a difference that a page already holds', async () => {
    const { store, asked, answer, differ, handles } = follow();
    void store.load();
    differ(1, [aRow(9)]);
    await answer({ revision: 1, rows: [aRow(1)], next: null });
    differ(1, [aRow(8)]);
    expect(handles()).toEqual([1]);
    expect(asked).toEqual([0]);
  });

  test('catches up with differences that came before the first page', async () => {
    const { store, answer, differ, handles } = follow();
    void store.load();
    differ(2, [aRow(2)]);
    await answer({ revision: 1, rows: [aRow(1)], next: null });
    expect(handles()).toEqual([2, 1]);
  });

  test('does not let an older page overwrite or bring back what a later difference changed', async () => {
    const { store, answer, differ, handles } = follow();
    void store.load();
    await answer({ revision: 1, rows: [aRow(1)], next: 2 });
    differ(2, [aRow(2, { version: 20 })], [3]);
    await answer({ revision: 1, rows: [aRow(2), aRow(3)], next: null });
    expect(handles()).toEqual([2, 1]);
    expect(store.snapshot().list.get(2)?.version).toBe(20);
  });

  test('reads once more when rows were removed while it read, since pages may have shifted', async () => {
    const { store, asked, answer, differ, handles } = follow();
    void store.load();
    await answer({ revision: 1, rows: [aRow(1), aRow(2)], next: 2 });
    differ(2, [], [1]);
    await answer({ revision: 2, rows: [aRow(4)], next: null });
    expect(asked).toEqual([0, 2, 0]);
    await answer({ revision: 2, rows: [aRow(2), aRow(3), aRow(4)], next: null });
    expect(handles()).toEqual([4, 3, 2]);
    expect(store.snapshot().loading).toBe(false);
  });

  test('says why when its pages cannot be read', async () => {
    const { store, answer } = follow();
    void store.load();
    await answer('the folder cannot be read');
    expect(store.snapshot().failure?.message).toBe('the folder cannot be read');
    expect(store.snapshot().loading).toBe(false);
  });

  test('chooses what is to be shown as soon as it is there, whatever the filter hides', async () => {
    const { store, answer, differ } = follow();
    store.setFilter({ ...showAll, text: 'reward > 1000' });
    store.showVersion(2);
    void store.load();
    await answer({ revision: 1, rows: [aRow(1)], next: null });
    expect(store.snapshot()).toMatchObject({ selected: null, shown: new Uint32Array() });
    differ(2, [aRow(2)]);
    expect(store.snapshot()).toMatchObject({ selected: 2, cursor: { handle: 2 }, filter: { text: '' } });
    expect(store.isUnseen).toBe(true);
  });

  test('waits no longer once something else was chosen', async () => {
    const { store, answer, differ } = follow();
    store.showVersion(2);
    void store.load();
    await answer({ revision: 1, rows: [aRow(1)], next: null });
    store.select(1);
    differ(2, [aRow(2)]);
    expect(store.snapshot().selected).toBe(1);
  });

  test('chooses several again once all pages are there', async () => {
    const { store, answer } = follow();
    store.showVersion(1, [1, 2, 9]);
    void store.load();
    await answer({ revision: 1, rows: [aRow(1)], next: 7 });
    expect(store.snapshot().selected).toBeNull();
    await answer({ revision: 1, rows: [aRow(2)], next: null });
    expect(store.snapshot().choice).toMatchObject({ selected: 1, chosen: new Set([1, 2]) });
  });
});
