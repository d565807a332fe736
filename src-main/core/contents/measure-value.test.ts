import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Json } from '../../../shared/model/json.ts';
import { measureValue } from './measure-value.ts';

test('a value that has as many characters as it may is not found to have fewer', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const length = JSON.stringify(value, (_key, each) => (typeof each === 'number' ? 0 : each)).length;
      const measured = measureValue(value as Json, Number.POSITIVE_INFINITY);
      // Quotes, commas and escapes are not counted one by one.
      expect(6 * measured).toBeGreaterThanOrEqual(length);
    }),
  );
});

test('a text that stands in a value ten million times is not counted to its end', () => {
  let value: Json = 'x'.repeat(1000);
  for (let level = 0; level < 7; level += 1) value = Array.from({ length: 10 }, () => value);
  const measured = measureValue(value, 1e6);
  expect(measured).toBeGreaterThan(1e6);
  expect(measured).toBeLessThan(2e6);
});

test('long whole numbers count for their digits', () => {
  expect(measureValue([10n ** 1000n], 1e6)).toBeGreaterThan(800);
});
