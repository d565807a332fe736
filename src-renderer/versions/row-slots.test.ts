import { expect, test } from 'vitest';
import { versionLabel } from '../format/format-version.ts';
import { RowSlots } from './row-slots.ts';
import { aRow } from './version-row.fixture.ts';

const labels = (slots: RowSlots) => slots.rows.map((row) => row && versionLabel(row));

test('two versions of one number are told apart by their files; alone again, the number is enough', () => {
  const slots = new RowSlots();
  slots.set(aRow(1, { version: 9, id: 'best_models/model_v0009.pt' }));
  expect(labels(slots)).toEqual(['v9']);
  slots.set(aRow(2, { version: 9, id: 'best_models/model_v9.safetensors' }));
  slots.set(aRow(3, { version: 10 }));
  expect(labels(slots)).toEqual(['v9 (model_v0009.pt)', 'v9 (model_v9.safetensors)', 'v10']);
  // A newer state of a row is still one of two.
  slots.set(aRow(1, { version: 9, id: 'best_models/model_v0009.pt', pinned: true }));
  expect(labels(slots)[0]).toBe('v9 (model_v0009.pt)');
  slots.delete(2);
  expect(labels(slots)).toEqual(['v9', undefined, 'v10']);
  expect(slots.get(1)).toMatchObject({ pinned: true });
  expect(slots.get(1)).not.toHaveProperty('twin');
});

test('of three, two remain told apart; a version without a number, or with another now, is none of them', () => {
  const slots = new RowSlots();
  for (const handle of [1, 2, 3]) slots.set(aRow(handle, { version: 4, id: `${handle}.pt` }));
  slots.set(aRow(5, { version: null, id: '5.pt' }));
  slots.set(aRow(6, { version: null, id: '6.pt' }));
  slots.delete(1);
  expect(labels(slots)).toEqual([undefined, 'v4 (2.pt)', 'v4 (3.pt)', '5.pt', '6.pt']);
  slots.set(aRow(2, { version: 7, id: '2.pt' }));
  expect(labels(slots).slice(1, 3)).toEqual(['v7', 'v4']);
  slots.set(aRow(2, { version: 4, id: '2.pt' }));
  expect(labels(slots).slice(1, 3)).toEqual(['v4 (2.pt)', 'v4 (3.pt)']);
});

test('two files of one name, without a number, are told apart by their folders', () => {
  const slots = new RowSlots();
  slots.set(aRow(1, { version: null, id: 'checkpoint_p0/a.pth' }));
  slots.set(aRow(2, { version: null, id: 'checkpoint_p1/a.pth' }));
  slots.set(aRow(3, { version: null, id: 'checkpoint_p1/b.pth' }));
  expect(labels(slots)).toEqual(['checkpoint_p0/a.pth', 'checkpoint_p1/a.pth', 'b.pth']);
  slots.set(aRow(1, { version: 1, id: 'checkpoint_p0/a.pth' }));
  expect(labels(slots)).toEqual(['v1', 'a.pth', 'b.pth']);
});

test('versions of two runs that have one number are none that share it', () => {
  const slots = new RowSlots();
  slots.set(aRow(1, { version: 4, id: 'a.pt', runId: 'one' }));
  slots.set(aRow(2, { version: 4, id: 'b.pt', runId: 'two' }));
  expect(labels(slots)).toEqual(['v4', 'v4']);
});
