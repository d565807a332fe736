import { expect, test } from 'vitest';
import { parseQuery } from './parse-query.ts';
import { shareAdvice } from './share-advice.ts';

const ranges = new Map([
  ['win_rate', { least: 0.5, most: 0.64 }],
  ['sharpe', { least: -1, most: 0.9 }],
  ['trades', { least: 0, most: 80 }],
]);
const advise = (text: string) => shareAdvice(parseQuery(text), ({ name }) => ranges.get(name) ?? null);

test.each(['win_rate > 60', 'reward > 0 and (win_rate >= 60 or is:best)', 'not win_rate < 60'])(
  'a share that is compared with its percent gets advice: %s',
  (text) => expect(advise(text)).toBe('win_rate is between 0 and 1 here: for 60 percent write 60%'),
);

test.each([
  'win_rate > 60%',
  'win_rate > 0.6',
  'sharpe > 60',
  'trades > 60',
  'win_rate > 600',
  'step > 60',
  'win_rate',
])('nothing is said of %s', (text) => expect(advise(text)).toBeNull());
