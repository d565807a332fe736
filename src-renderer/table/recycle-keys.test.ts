import { expect, test } from 'vitest';
import { recycleKeys } from './recycle-keys.ts';

test('a row keeps its element while it stays in view', () => {
  const first = recycleKeys(new Map(), [10, 11, 12]);
  const second = recycleKeys(first, [11, 12, 13]);
  expect([...first.values()]).toEqual([0, 1, 2]);
  expect(second).toEqual(
    new Map([
      [11, 1],
      [12, 2],
      [13, 0],
    ]),
  );
});

test('a jump makes no element', () => {
  const first = recycleKeys(new Map(), [1, 2, 3]);
  expect([...recycleKeys(first, [70, 80, 90]).values()]).toEqual([0, 1, 2]);
});

test('no two rows share an element', () => {
  const keys = recycleKeys(
    new Map([
      [5, 0],
      [6, 1],
    ]),
    [1, 6, 2, 5, 3],
  );
  expect(new Set(keys.values()).size).toBe(5);
});
