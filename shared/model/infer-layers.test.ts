import { expect, test } from 'vitest';
import { inferLayers } from './infer-layers.ts';

type Shapes = Record<string, readonly number[]>;

const infer = (shapes: Shapes) =>
  inferLayers(Object.entries(shapes).map(([name, shape]) => ({ name, shape })));

test.each<[string, Shapes]>([
  ['Linear 17 → 24', { weight: [24, 17], bias: [24] }],
  ['Linear 17 → 24', { weight: [24, 17] }],
  ['Conv1d 4 → 8, 3', { weight: [8, 4, 3], bias: [8] }],
  ['Conv2d 3 → 32, 8 × 8', { weight: [32, 3, 8, 8], bias: [32] }],
  ['transposed Conv2d 32 → 3, 4 × 4', { weight: [32, 3, 4, 4], bias: [3] }],
  ['LayerNorm 64', { weight: [64], bias: [64] }],
  [
    'BatchNorm 64',
    { weight: [64], bias: [64], running_mean: [64], running_var: [64], num_batches_tracked: [] },
  ],
  [
    'LSTM 17 → 64',
    { weight_ih_l0: [256, 17], weight_hh_l0: [256, 64], bias_ih_l0: [256], bias_hh_l0: [256] },
  ],
  ['GRU 17 → 64, 2 layers', { weight_ih_l0: [192, 17], weight_hh_l0: [192, 64], weight_ih_l1: [192, 64] }],
  [
    'RNN 17 → 64, both ways',
    { weight_ih_l0: [64, 17], weight_hh_l0: [64, 64], weight_ih_l0_reverse: [64, 17] },
  ],
  ['LSTM cell 17 → 64', { weight_ih: [256, 17], weight_hh: [256, 64] }],
  ['Attention 128', { in_proj_weight: [384, 128], in_proj_bias: [384] }],
  ['Linear 17 → 24', { kernel: [17, 24], bias: [24] }],
  ['Conv2d 3 → 32, 8 × 8', { kernel: [8, 8, 3, 32], bias: [32] }],
  ['Embedding 1000 × 64', { embedding: [1000, 64] }],
])('%s is told by its names and shapes', (layer, shapes) => {
  expect(infer(shapes)).toEqual([{ name: '', layer }]);
});

test('a matrix alone is an embedding where its module is called so', () => {
  expect(infer({ 'model.tok_embeddings.weight': [1000, 64], 'model.head.weight': [1000, 64] })).toEqual([
    { name: 'model.tok_embeddings', layer: 'Embedding 1000 × 64' },
    { name: 'model.head', layer: 'Linear 64 → 1000' },
  ]);
});

test.each<[string, Shapes]>([
  ['a number', { log_std: [1] }],
  ['a bias of another size', { weight: [24, 17], bias: [3] }],
  ['a weight without a shape', { weight: [] }],
  ['gates that no cell has', { weight_ih_l0: [320, 17], weight_hh_l0: [320, 64] }],
  ['nothing at all', {}],
])('%s tells of no layer', (_, shapes) => {
  expect(infer(shapes)).toEqual([]);
});

test('names that are traps elsewhere are names', () => {
  expect(inferLayers([{ name: '__proto__.weight', shape: [2, 3] }])).toEqual([
    { name: '__proto__', layer: 'Linear 3 → 2' },
  ]);
});
