import { expect, test } from 'vitest';
import { orderVersions } from './order-versions.ts';

const placed = (id: string, step: number | null, time: number | null = null) => ({ id, step, time });
const order = (...versions: ReturnType<typeof placed>[]) => orderVersions(versions).map(({ id }) => id);

test('versions come by their steps, and by their times where steps are the same', () => {
  expect(order(placed('c', 20, 1), placed('b', 10, 3), placed('a', 10, 2))).toEqual(['a', 'b', 'c']);
});

test('one without a step stands where its time puts it, and one without either at the end', () => {
  const known = [placed('b', 20, 2), placed('a', 10, 1), placed('d', 40, 4)];
  expect(order(placed('last', null), ...known, placed('c', null, 3))).toEqual([
    ...['a', 'b', 'c', 'd'],
    'last',
  ]);
});

test('without any steps they come by their times', () => {
  expect(order(placed('b', null, 2), placed('c', null), placed('a', null, 1))).toEqual(['a', 'b', 'c']);
});
