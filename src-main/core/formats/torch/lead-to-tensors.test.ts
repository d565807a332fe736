import { expect, test } from 'vitest';
import type { Described, Value } from '../pickle/value.ts';
import { leadToTensors } from './lead-to-tensors.ts';

const list = (...items: Value[]): Described & { items: Value[] } => ({ kind: 'list', items });
const tensor: Described = { kind: 'persistent', id: 'a tensor' };
const isTensor = (value: Described) => value === tensor;

test('what a tensor can be reached from is told, and nothing else', () => {
  const [inner, plain] = [list(1, tensor), list(1, 2)];
  const root = list(inner, plain, null);
  expect(leadToTensors(root, isTensor, 10)).toEqual(new Set([tensor, inner, root]));
  expect(leadToTensors(plain, isTensor, 10)).toEqual(new Set());
  expect(leadToTensors('text', isTensor, 10)).toEqual(new Set());
});

test('a circle leads to what any of its parts leads to', () => {
  const [first, second, third] = [list(), list(), list()];
  first.items.push(second);
  second.items.push(third, first);
  third.items.push(first, tensor);
  expect(leadToTensors(first, isTensor, 10)).toEqual(new Set([tensor, third, second, first]));
});

test('each value is gone through once, however many ways lead to it', () => {
  let asked = 0;
  let root: Described = tensor;
  for (let doubled = 0; doubled < 60; doubled += 1) root = list(root, root);
  leadToTensors(
    root,
    (value) => {
      asked += 1;
      return isTensor(value);
    },
    60,
  );
  expect(asked).toBe(61);
});

test('a tensor is found as deep as it is looked for, by the shortest way to it, and no deeper', () => {
  const nested = (depth: number) => {
    let root: Described = tensor;
    for (let level = 0; level < depth; level += 1) root = list(root);
    return root;
  };
  expect(leadToTensors(nested(3), isTensor, 3).size).toBe(4);
  expect(leadToTensors(nested(4), isTensor, 3)).toEqual(new Set());
  const [long, short] = [nested(4), list(tensor)];
  expect(leadToTensors(list(long, short), isTensor, 3)).toContain(short);
});
