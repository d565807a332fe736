import { expect, test } from 'vitest';
import type { Tensor } from '../formats/contents.ts';
import { countTotals } from './count-totals.ts';

const tensor = (more: Partial<Tensor>): Tensor => ({
  name: 'w',
  dtype: 'float32',
  shape: [10],
  stride: [1],
  offset: 0,
  bytes: 40,
  storage: '0',
  part: 'model',
  data: null,
  ...more,
});

test.each<[string, Partial<Tensor>[], number]>([
  ['nothing', [], 0],
  ['one tensor', [{}], 10],
  ['one under two names', [{}, { name: 'tied' }], 10],
  ['a part of what another shows', [{}, { shape: [3], offset: 5 }], 10],
  ['two parts that meet', [{ shape: [4] }, { shape: [4], offset: 4 }], 8],
  ['two parts that overlap', [{ shape: [6] }, { shape: [6], offset: 4 }], 10],
  ['every other element', [{ shape: [5], stride: [2] }], 5],
  ['one element a million times', [{ shape: [1000, 1000], stride: [0, 0] }], 1],
  ['none of an empty one', [{ shape: [0, 4], stride: [4, 1] }], 0],
  ['a scalar', [{ shape: [], stride: [] }], 1],
  [
    'of formats without storages, each',
    [{ storage: null, stride: null, offset: null }, { storage: null }],
    20,
  ],
  [
    'the model alone where there is one',
    [{}, { storage: '1', part: 'optimizer' }, { storage: '2', part: 'other' }],
    10,
  ],
  ['all where there is none', [{ part: 'other' }, { storage: '1', part: 'optimizer' }], 20],
])('parameters are counted once: %s', (_, tensors, parameters) => {
  expect(countTotals(tensors.map(tensor)).parameters).toBe(parameters);
});

test('a storage that stands alone, beside a tensor of it, takes no bytes of its own', () => {
  const data = { source: expect.anything(), start: 0, length: 40, byteOrder: 'little' } as const;
  const alone = tensor({ name: 'storage', dtype: 'uint8', shape: [40], data });
  expect(countTotals([tensor({ data }), alone])).toMatchObject({ tensors: 2, bytes: 40 });
  expect(countTotals([alone])).toMatchObject({ tensors: 1, bytes: 40 });
});

test('bytes are those of the storages, and where those are missing of what the tensors need', () => {
  const data = { source: expect.anything(), start: 0, length: 400, byteOrder: 'little' } as const;
  const tensors = [
    tensor({ data }),
    tensor({ name: 'tied', data }),
    tensor({ storage: '1' }),
    tensor({ storage: '1' }),
  ];
  expect(countTotals(tensors)).toEqual({ tensors: 4, parameters: 20, bytes: 440 });
});
