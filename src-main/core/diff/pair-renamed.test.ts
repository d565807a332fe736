import { expect, test } from 'vitest';
import { float32, tensorOf } from '../tensors/naive.fixture.ts';
import { pairTensors } from './pair-tensors.ts';

const layers: readonly [string, number][] = [
  ['0.weight', 4],
  ['0.bias', 2],
  ['2.weight', 3],
];

function modelAt(begin: string, sizes = layers) {
  return sizes.map(([name, size]) => ({
    ...tensorOf('float32', [size], float32(new Array<number>(size).fill(0)), { name: `${begin}${name}` }),
    part: 'model' as const,
  }));
}

const pairsOf = (a: ReturnType<typeof modelAt>, b: ReturnType<typeof modelAt>) =>
  pairTensors(a, b).pairs.map(({ a, b }) => [a.name, b.name]);

test.each([
  ['model_state_dict.', ''],
  ['policy.pth.', ''],
  ['state_dict.model._orig_mod.', 'model.'],
  ['module.', ''],
  ['agent.', 'state_dict.agent.'],
])('what is below %j is what is below %j in another file', (one, other) => {
  expect(pairsOf(modelAt(one), modelAt(other))).toEqual(
    layers.map(([name]) => [`${one}${name}`, `${other}${name}`]),
  );
});

test('a word that a wrapper puts in the middle of each name is passed over', () => {
  const wrapped = layers.map(([name, size]): [string, number] => [`actor._orig_mod.${name}`, size]);
  expect(pairsOf(modelAt('', wrapped), modelAt('actor.'))).toHaveLength(3);
});

test('nothing is told where two networks may be meant, or most of it is another one', () => {
  const two = [...modelAt('online.'), ...modelAt('target.')];
  expect(pairsOf(two, modelAt(''))).toEqual([]);
  const other: readonly [string, number][] = [
    ['0.weight', 9],
    ['0.bias', 9],
    ['2.weight', 3],
  ];
  expect(pairsOf(modelAt('a.'), modelAt('b.', [...other]))).toEqual([]);
});

test('a layer of another shape stays with its network, and one that is new has no pair', () => {
  const changed: [string, number][] = [...layers.slice(0, 2), ['2.weight', 7], ['4.weight', 1]];
  expect(pairsOf(modelAt('model.'), modelAt('', changed))).toHaveLength(3);
});

test('a layer that goes and one that comes are no pair in a network that keeps its name', () => {
  const withHead = (head: string): [string, number][] => [
    ...layers,
    [`${head}.weight`, 5],
    [`${head}.bias`, 1],
  ];
  const [a, b] = [modelAt('net.', withHead('old')), modelAt('net.', withHead('new'))];
  expect(pairTensors(a, b)).toMatchObject({ added: b.slice(3), removed: a.slice(3) });
});
