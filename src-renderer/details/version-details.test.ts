import { expect, test } from 'vitest';
import { entriesOf, numbersOf, parseDetails, scalarText } from './version-details.ts';

test('keys from a file stay keys of the file', () => {
  const details = parseDetails('{"__proto__":{"a":1},"notes":"x"}');
  expect([...details.keys()]).toEqual(['__proto__', 'notes']);
  expect(details.get('toString')).toBeUndefined();
});

test('scalars are text, the rest has entries', () => {
  expect([1.5, true, 'NaN', null, {}].map(scalarText)).toEqual(['1.5', 'true', 'NaN', null, null]);
  expect(entriesOf({ a: [1] })).toEqual([['a', [1]]]);
  expect(entriesOf('text')).toEqual([]);
});

test('only a row of numbers is drawn', () => {
  expect(numbersOf([1, 2, 3])).toEqual([1, 2, 3]);
  expect(numbersOf([1, 2, 3, '…'])).toEqual([1, 2, 3]);
  for (const other of [[1, 2], [1, 2, 'NaN'], 'abc', { 0: 1 }]) expect(numbersOf(other)).toBeNull();
});
