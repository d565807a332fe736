import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseQuery } from './parse-query.ts';
import { parseSoFar } from './parse-so-far.ts';
import { printQuery } from './print-query.ts';
import { anyQuery, someMetrics } from './query.fixture.ts';

const metrics = ['sharpe'];
const soFar = (text: string) => printQuery(parseSoFar(text, metrics));

test.each([
  ['', ''],
  ['torn', 'torn'],
  ['reward >', ''],
  ['reward > 0.4 and', 'reward > 0.4'],
  ['reward > 0.4 and not', 'reward > 0.4'],
  ['reward > 0.4 and sharpe >=', 'reward > 0.4'],
  ['reward > 0.4 and (sharpe >= 1 or tag', 'reward > 0.4'],
  ['reward > 0.4 or (sharpe >= 1 or tag = ) and b', 'reward > 0.4'],
  ['kind = best and sharp > 1 and torn', 'kind = best'],
  ['kind = bes', ''],
  ['tag in (a, b', ''],
  ['a b note ~ "loo', 'a and b'],
  ['a !', 'a'],
  ['a)', 'a'],
  ['(a', ''],
])('of %j is understood so far: %j', (text, expected) => {
  expect(soFar(text)).toBe(expected);
});

test('a query that is understood is understood whole, and any text as far as it goes', () => {
  fc.assert(
    fc.property(anyQuery, fc.nat(), fc.string({ unit: 'binary', maxLength: 3 }), (query, place, typed) => {
      const printed = printQuery(query);
      expect(parseSoFar(printed, someMetrics)).toEqual(query);
      const spoilt = printed.slice(0, place % (printed.length + 1)) + typed;
      const part = parseSoFar(spoilt, someMetrics);
      expect(parseQuery(printQuery(part), someMetrics)).toEqual(part);
    }),
    { seed: 13, numRuns: 100 },
  );
});
