import { expect, test } from 'vitest';
import { weightParts } from './weight-parts.ts';

const named = (...names: string[]) => names.map((name) => ({ name }));
const told = (...names: string[]) =>
  weightParts(named(...names)).map(({ title, tensors, open }) => [title, tensors.length, open]);

test('weights of the model come before what the optimizer keeps, which is folded', () => {
  expect(
    told('optimizer_state_dict.state.0.exp_avg', 'model_state_dict.0.weight', 'policy.optimizer.pth.state.1'),
  ).toEqual([
    ['Model', 1, true],
    ['Optimizer', 2, false],
  ]);
  expect(told('a.weight', 'optimizerless.bias')).toEqual([['Model', 2, true]]);
  expect(told('optimizer_states.0.state')).toEqual([['Optimizer', 1, true]]);
});
