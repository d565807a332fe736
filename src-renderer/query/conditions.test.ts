import { expect, test } from 'vitest';
import { conditionsOf, withCondition, withoutCondition } from './conditions.ts';

const metrics = ['sharpe', 'eval/mean reward'];

test.each([
  ['', []],
  ['torn', ['torn']],
  [
    'reward>0.4 and (sharpe > 1 or tag:a) kind:best',
    ['reward > 0.4', 'sharpe > 1 or tag = a', 'kind = best'],
  ],
  ['a or b', ['a or b']],
  ['reward >', null],
])('the conditions of %j are %j', (text, expected) => {
  expect(conditionsOf(text, metrics)).toEqual(expected);
});

test('a condition is added behind the others, which keep their meaning', () => {
  expect(withCondition('', 'kind = best', metrics)).toBe('kind = best');
  expect(withCondition('torn', 'kind = best', metrics)).toBe('torn and kind = best');
  expect(withCondition('a or b', 'kind = best', metrics)).toBe('(a or b) and kind = best');
  expect(withCondition('reward >', 'kind = best', metrics)).toBeNull();
});

test('a condition is taken away, and the others keep their meaning', () => {
  expect(withoutCondition('a and (b or c) and d and a', 'a', metrics)).toBe('(b or c) and d');
  expect(withoutCondition('a and (b or c)', 'a', metrics)).toBe('b or c');
  expect(withoutCondition('a or b', 'a or b', metrics)).toBe('');
});
