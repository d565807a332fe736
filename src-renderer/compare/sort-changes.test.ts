import { expect, test } from 'vitest';
import { type ChangeOrder, sortChanges } from './sort-changes.ts';

const tensor = (name: string, relative: number | 'NaN' | null) => ({
  name,
  shape_a: [2],
  shape_b: [2],
  dtype_a: 'float32',
  dtype_b: 'float32',
  l2: 1,
  relative_l2: relative,
  cosine: null,
  max_abs: 1,
  fraction_changed: 1,
});
const changed = [tensor('b', 0.5), tensor('a', null), tensor('d', 'NaN'), tensor('c', 0.1)];
const namesBy = (order: ChangeOrder) =>
  sortChanges(changed, order)
    .map(({ name }) => name)
    .join('');

test('the largest change comes first, NaN before every number, what was not measured last', () => {
  expect(namesBy({ column: 'relative_l2', descending: true })).toBe('dbca');
  expect(namesBy({ column: 'relative_l2', descending: false })).toBe('cbda');
});

test('names are sorted as text', () => {
  expect(namesBy({ column: 'name', descending: false })).toBe('abcd');
  expect(namesBy({ column: 'name', descending: true })).toBe('dcba');
});

test('equal changes stay in the order of the file', () => {
  expect(namesBy({ column: 'l2', descending: true })).toBe('badc');
});
