import { expect, test } from 'vitest';
import { assertOrder } from './assert-order.ts';
import type { BenchmarkOrder } from './benchmark-runner.ts';
import { functionEvaluator } from './evaluator.ts';

const evaluator = functionEvaluator('none', () => ({}));
const usual = { ids: ['a.pt'], seeds: [0, 1], episodes: null, jobs: 1, timeout: 1000, retries: 0 };
const order = (given: object) => ({ ...usual, evaluator, again: false, ...given }) as BenchmarkOrder;

test('an order that makes sense is taken', () => {
  expect(() => assertOrder(order({}))).not.toThrow();
  expect(() => assertOrder(order({ timeout: 2 ** 31 - 1, episodes: 5, seeds: [-3] }))).not.toThrow();
});

test.each([
  ['jobs', 0],
  ['jobs', 1.5],
  ['timeout', 0],
  ['timeout', 2 ** 31],
  ['timeout', Number.NaN],
  ['seeds', []],
  ['seeds', [1, 1]],
  ['seeds', [1.5]],
  ['versions', { ids: ['a.pt', 'a.pt'] }],
  ['episodes', 0],
  ['retries', -1],
])('%s that make no sense are named: %j', (name, value) => {
  const given = typeof value === 'object' && !Array.isArray(value) ? value : { [name]: value };
  expect(() => assertOrder(order(given))).toThrow(new RegExp(`^this is no order for a benchmark — ${name} `));
});
