import { expect, test } from 'vitest';
import { nearestName } from './nearest-name.ts';

const names = ['sharpe', 'win_rate', 'step', 'size', 'reward'];

test.each([
  ['sharp', 'sharpe'],
  ['shrape', 'sharpe'],
  ['winrate', 'win_rate'],
  ['Step', 'step'],
  ['rewards', 'reward'],
  ['alpha', null],
  ['', null],
  ['x', null],
])('%j most likely means %j', (name, meant) => {
  expect(nearestName(name, names)).toBe(meant);
});

test('very long names are compared by their first letters, quickly', () => {
  expect(nearestName('a'.repeat(4000), [`${'a'.repeat(100_000)}`])).toBe('a'.repeat(100_000));
});
