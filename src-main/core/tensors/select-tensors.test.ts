import { expect, test } from 'vitest';
import { float32, tensorOf } from './naive.fixture.ts';
import { selectTensors } from './select-tensors.ts';

const tensors = ['net.0.w', 'net.0.b', 'net.01.w', 'opt'].map((name) =>
  tensorOf('float32', [1], float32([1]), { name }),
);
const select = (...names: string[]) => selectTensors(tensors, names).map(({ name }) => name);

test('a name means a tensor, or all below a module, each once and in the order of the file', () => {
  expect(select()).toHaveLength(4);
  expect(select('opt', 'net.0')).toEqual(['net.0.w', 'net.0.b', 'opt']);
  expect(select('net', 'net.0.w')).toEqual(['net.0.w', 'net.0.b', 'net.01.w']);
});

test('a name that nothing has is refused', () => {
  expect(() => select('net.0', 'net.1')).toThrow('there is no tensor net.1');
});
