import { expect, test } from 'vitest';
import { packRows } from '../../shared/ipc/packed-rows.ts';
import { showAll } from '../versions/filter-rows.ts';
import { RunStore } from '../versions/run-store.ts';
import { aRow } from '../versions/version-row.fixture.ts';
import { foldAll, foldAtCursor, unfoldAtCursor } from './fold-groups.ts';

/** Four versions in two groups, the newer two in `b`. */
async function grouped(): Promise<RunStore> {
  const rows = [1, 2, 3, 4].map((handle) => aRow(handle, { symbol: handle > 2 ? 'b' : 'a' }));
  const page = { revision: 0, rows: packRows(rows), next: null, end: 4 };
  const request = async () => ({ ok: true, value: page });
  const store = new RunStore('run', request as never, (flush) => flush());
  await store.load();
  store.setGrouping({ kind: 'words', of: (row) => row.symbol });
  return store;
}

const lines = ({ snapshot }: RunStore) => {
  const { list } = snapshot();
  return Array.from(
    { length: list.lineCount },
    (_, line) => list.groupAt(line)?.key ?? list.rowAt(line)?.handle,
  );
};

test('a group is folded from one of its rows: the cursor goes to its heading, and nothing stays chosen', async () => {
  const store = await grouped();
  expect(lines(store)).toEqual(['b', 4, 3, 'a', 2, 1]);
  store.select(3);
  foldAtCursor(store);
  expect(lines(store)).toEqual(['b', 'a', 2, 1]);
  expect(store.snapshot()).toMatchObject({ cursor: { group: 'b' }, selected: null });
  unfoldAtCursor(store);
  expect(lines(store)).toEqual(['b', 4, 3, 'a', 2, 1]);
});

test('all are folded and unfolded together', async () => {
  const store = await grouped();
  store.select(1);
  foldAll(store, true);
  expect(lines(store)).toEqual(['b', 'a']);
  expect(store.snapshot().cursor).toEqual({ group: 'a' });
  foldAll(store, false);
  expect(lines(store)).toEqual(['b', 4, 3, 'a', 2, 1]);
});

test('the cursor of a group that is gone is where the selection is', async () => {
  const store = await grouped();
  store.select(4);
  store.moveCursor({ group: 'a' });
  expect(store.snapshot().cursor).toEqual({ group: 'a' });
  store.setFilter({ ...showAll, text: 'symbol = b' });
  expect(store.snapshot().cursor).toEqual({ handle: 4 });
});
