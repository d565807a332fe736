import { expect, test } from 'vitest';
import { gridColumns, moveSelection, scrollTopShowing } from './geometry.ts';

test('the selection moves by row, page and end, and stops at the ends', () => {
  const from = (index: number) => (key: string) => moveSelection(key, index, 100, 20);
  const keys = ['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Home', 'End', 'x'];
  expect(keys.map(from(50))).toEqual([51, 49, 70, 30, 0, 99, null]);
  expect(keys.map(from(-1))).toEqual([0, 0, 20, 0, 0, 99, null]);
  expect(keys.map(from(99))).toEqual([99, 98, 99, 79, 0, 99, null]);
  expect(moveSelection('End', -1, 0, 20)).toBeNull();
});

test('columns keep their widths and the last takes what is left', () => {
  expect(gridColumns([120, 80])).toBe('120px 80px minmax(0, 1fr)');
});

test('the scroll follows the selection no further than it must', () => {
  expect(scrollTopShowing(5, 0, 320)).toBe(0);
  expect(scrollTopShowing(10, 0, 320)).toBe(32);
  expect(scrollTopShowing(0, 500, 320)).toBe(0);
  expect(scrollTopShowing(20, 600, 320)).toBe(600);
});
