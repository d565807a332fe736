import { expect, test } from 'vitest';
import {
  completeOrder,
  decodeLayout,
  emptyLayout,
  encodeLayout,
  moveBeside,
  pinnedFirst,
  type TableLayout,
} from './table-layout.ts';

const layout: TableLayout = {
  order: ['b', 'a'],
  pinned: ['version', 'a'],
  visible: new Map([['metric:__proto__', true]]),
  widths: new Map([['a', 120]]),
  sort: { id: 'a', desc: true },
  density: 'roomy',
  group: 'day',
  summary: 'best',
};

test('a layout survives being stored', () => {
  expect(decodeLayout(JSON.parse(JSON.stringify(encodeLayout(layout))))).toEqual(layout);
});

test('garbage in the store gives an empty layout, piece by piece', () => {
  for (const garbage of [
    null,
    7,
    'x',
    [],
    { order: 'a', visible: { a: true }, widths: [['a']], sort: [1], density: 'x', group: 3, summary: {} },
  ]) {
    expect(decodeLayout(garbage)).toEqual(emptyLayout);
  }
  expect(
    decodeLayout({
      order: ['a', 3],
      widths: [
        ['a', 1e9],
        ['b', 'wide'],
        ['c', -5],
      ],
    }),
  ).toEqual({
    ...emptyLayout,
    order: ['a'],
    widths: new Map([
      ['a', 1200],
      ['c', 48],
    ]),
  });
});

test('columns found later stand where they stand by default, dropped ones leave no gap', () => {
  expect(completeOrder([], ['a', 'b', 'c'])).toEqual(['a', 'b', 'c']);
  expect(completeOrder(['c', 'gone', 'a', 'a'], ['a', 'b', 'c', 'd'])).toEqual(['c', 'd', 'a', 'b']);
  expect(completeOrder(['b'], ['a', 'b'])).toEqual(['a', 'b']);
});

test('pinned columns come first, in the order they have among themselves', () => {
  expect(pinnedFirst(['a', 'b', 'c', 'd'], ['d', 'b', 'gone'])).toEqual(['b', 'd', 'a', 'c']);
});

test('a column moves to the place of another', () => {
  expect(moveBeside(['a', 'b', 'c'], 'a', 'c')).toEqual(['b', 'c', 'a']);
  expect(moveBeside(['a', 'b', 'c'], 'c', 'a')).toEqual(['c', 'a', 'b']);
  expect(moveBeside(['a'], 'a', 'x')).toEqual(['a']);
});
