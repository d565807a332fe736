import { expect, test } from 'vitest';
import { nameBegunIn } from './name-begun-in.ts';

test.each([
  ['sharpe', 0],
  ['torn and SHA', 9],
  ['re', 0],
  ['torn', null],
  ['sharpe ', null],
  ['"sharpe"', null],
  ['tag = sharpe', null],
  ['tag:size', null],
  ['sharpe > 1', null],
  ['', null],
])('the name of a field may have begun in %j at %j', (text, start) => {
  expect(nameBegunIn(text, ['sharpe'])).toBe(start);
});
