import { expect, test } from 'vitest';
import type { Movement } from '../commands/shortcuts.ts';
import { gridColumns, gridStyle, moveLine, scrollTopShowing } from './geometry.ts';

test('the cursor moves by line, page and end, and stops at the ends', () => {
  const from = (line: number) => (movement: Movement) => moveLine(movement, line, 100, 20);
  const movements = ['down', 'up', 'pageDown', 'pageUp', 'first', 'last'] as const;
  expect(movements.map(from(50))).toEqual([51, 49, 70, 30, 0, 99]);
  expect(movements.map(from(-1))).toEqual([0, 0, 20, 0, 0, 99]);
  expect(movements.map(from(99))).toEqual([99, 98, 99, 79, 0, 99]);
  expect(moveLine('last', -1, 0, 20)).toBeNull();
});

test('columns keep their widths and the last takes what is left', () => {
  expect(gridColumns([120, 80])).toBe('120px 80px minmax(0, 1fr)');
  expect(gridStyle([120, 80, 50], 2, 26)).toEqual({
    '--columns': '120px 80px 50px minmax(0, 1fr)',
    '--row-height': '26px',
    '--left-0': '0px',
    '--left-1': '120px',
  });
});

test('the scroll follows the selection no further than it must', () => {
  expect(scrollTopShowing(5, 0, 320, 32)).toBe(0);
  expect(scrollTopShowing(10, 0, 320, 32)).toBe(32);
  expect(scrollTopShowing(0, 500, 320, 32)).toBe(0);
  expect(scrollTopShowing(20, 600, 320, 32)).toBe(600);
});
