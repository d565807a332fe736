import { expect, test } from 'vitest';
import type { Described, Value } from '../pickle/value.ts';
import { leadToTensors } from './lead-to-tensors.ts';

const list = (...items: Value[]): Described & { items: Value[] } => ({ kind: 'list', items });
const tensor: Described = { kind: 'persistent', id: 'a tensor' };
const isTensor = (value: Described) => value === tensor;

test('what a tensor can be reached from is told, and nothing else', () => {
  const [inner, plain] = [list(1, tensor), list(1, 2)];
  const root = list(inner, plain, null);
  expect(leadToTensors(root, isTensor)).toEqual(new Set([tensor, inner, root]));
  expect(leadToTensors(plain, isTensor)).toEqual(new Set());
  expect(leadToTensors('text', isTensor)).toEqual(new Set());
});

test('a circle leads to what any of its parts leads to', () => {
  const [first, second, third] = [list(), list(), list()];
  first.items.push(second);
  second.items.push(third, first);
  third.items.push(first, tensor);
  expect(leadToTensors(first, isTensor)).toEqual(new Set([tensor, third, second, first]));
});

test('each value is gone through once, however many ways lead to it', () => {
  let asked = 0;
  let root: Described = tensor;
  for (let doubled = 0; doubled < 60; doubled += 1) root = list(root, root);
  leadToTensors(root, (value) => {
    asked += 1;
    return isTensor(value);
  });
  expect(asked).toBe(61);
});
