import { expect, test } from 'vitest';
import type { Json } from '../../../shared/model/json.ts';
import { limitText, limitValue } from './limit-value.ts';

const budget = { nodes: 100, depth: 3, text: 10 };

function countNodes(value: Json): number {
  if (typeof value !== 'object' || value === null) return 1;
  return Object.values(value).reduce<number>((sum, inner) => sum + countNodes(inner), 1);
}

test('what is within the budget stays as it is', () => {
  const value = { a: [1, 'two', null, Number.NaN], b: { c: 12n } };
  expect(limitValue(value)).toEqual(value);
});

test('a wide value is cut, and says so', () => {
  const cut = limitValue(
    Array.from({ length: 10_000 }, () => [1]),
    budget,
  ) as Json[];
  expect(countNodes(cut)).toBeLessThan(110);
  expect(cut.at(-1)).toBe('…');
  const keys = limitValue(
    Object.fromEntries(Array.from({ length: 500 }, (_, key) => [`k${key}`, key])),
    budget,
  );
  expect(Object.entries(keys as object).at(-1)).toEqual(['…', '…']);
});

test('a deep value is cut where it gets too deep, without recursion beyond that', () => {
  let deep: Json = 1;
  for (let depth = 0; depth < 100_000; depth += 1) deep = [deep];
  expect(limitValue(deep, budget)).toEqual([[['…']]]);
});

test('long texts and keys are cut', () => {
  expect(limitValue({ ['k'.repeat(20)]: 'v'.repeat(20) }, budget)).toEqual({
    [`${'k'.repeat(10)}…`]: `${'v'.repeat(10)}…`,
  });
  expect(limitText('short')).toBe('short');
});

test('a key named __proto__ is a key and no more', () => {
  const limited = limitValue(JSON.parse('{"__proto__": {"polluted": 1}}') as Json) as object;
  expect(Object.keys(limited)).toEqual(['__proto__']);
  expect(Object.getPrototypeOf(limited)).toBe(Object.prototype);
});
