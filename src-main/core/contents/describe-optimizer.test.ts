import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { OptimizerRecord, Tensor } from '../formats/contents.ts';
import { float32, tensorOf } from '../tensors/naive.fixture.ts';
import { describeOptimizer } from './describe-optimizer.ts';
import { inspectFile } from './inspect-file.ts';

const tell = (tensors: readonly Tensor[], ...optimizers: OptimizerRecord[]) =>
  describeOptimizer({ tensors, optimizers });

const slot = (name: string, values: readonly number[] = [0]): Tensor => ({
  ...tensorOf('float32', [values.length], float32(values), { name: `optimizer_state_dict.state.${name}` }),
  part: 'optimizer',
});

test('the optimizer of a version that PyTorch wrote is told by what it keeps', async () => {
  const run = join(import.meta.dirname, '../../../build/sample-run/run/checkpoints/checkpoint.pt');
  const { optimizer, close } = await inspectFile(run);
  await close();
  expect(optimizer).toMatchObject({
    kind: 'Adam or one like it',
    slots: ['step', 'exp_avg', 'exp_avg_sq'],
    parameters: 8,
    steps: { least: 768, most: 768 },
    groups: [{ optimizer: 'optimizer_state_dict', parameters: 8, values: { betas: [0.9, 0.999] } }],
    left_out: { groups: 0, states: 0 },
  });
  expect(optimizer?.states[0]).toEqual({
    name: 'optimizer_state_dict.state.0',
    of: 'model_state_dict.trunk.0.weight',
    shape: [24, 17],
    step: 768,
    slots: ['step', 'exp_avg', 'exp_avg_sq'],
  });
});

test.each([
  [['momentum_buffer'], 'SGD with momentum'],
  [['square_avg', 'acc_delta'], 'Adadelta'],
  [['step', 'square_avg'], 'RMSprop'],
  [['exp_avg', 'exp_avg_sq', 'max_exp_avg_sq'], 'Adam or one like it, with amsgrad'],
  [['state1', 'state2', 'absmax1', 'qmap1'], 'Adam or one like it, of 8 bits'],
  [['momentum_buffer', 'precond_0', 'inv_precond_0'], 'Shampoo'],
  [['step', 'mu_product', 'exp_avg', 'exp_avg_sq'], 'NAdam'],
  [['something_new'], null],
])('%j is taken for %s', async (slots, kind) => {
  const optimizer = await tell(slots.map((name) => slot(`0.${name}`)));
  expect(optimizer?.kind).toBe(kind);
});

test('a step that is no single finite number counts for nothing', async () => {
  const odd = [slot('0.step', [1, 2]), slot('1.step', [Number.NaN]), slot('2.step', [7])];
  expect((await tell(odd))?.steps).toEqual({ least: 7, most: 7 });
  expect((await tell(odd.slice(0, 2)))?.steps).toBeNull();
});

test('without an optimizer there is nothing to tell', async () => {
  expect(await tell([])).toBeNull();
});

const record = (parameters: string[], steps: [string, number][] = []): OptimizerRecord => ({
  name: 'optimizer_state_dict',
  groups: [{ parameters, names: null, values: { lr: 0.1 } }],
  steps: new Map(steps),
});
const weight = (name: string, count: number): Tensor => ({
  ...tensorOf('float32', [count], float32(Array.from({ length: count }, () => 0)), { name }),
  part: 'model',
  storage: name,
});
const kept = [slot('0.exp_avg', [0, 0]), slot('1.exp_avg', [0])];

test('a state is told to be of a parameter where order and shape leave one way for all of them', async () => {
  const model = [weight('count', 3), weight('a', 2), weight('bn.running_mean', 2), weight('b', 1)];
  const found = await tell([...model, ...kept], record(['0', '1']));
  expect(found?.states.map(({ of }) => of)).toEqual(['a', 'b']);
  const twoWays = [weight('a', 2), weight('b', 2), weight('c', 1)];
  for (const other of [[weight('a', 1), weight('b', 2)], [weight('a', 2)], twoWays]) {
    const unsure = await tell([...other, ...kept], record(['0', '1']));
    expect(unsure?.states.map(({ of }) => of)).toEqual([null, null]);
  }
});

test('a step that stands as a number is told as one that stands in a tensor is', async () => {
  const found = await tell(kept, record(['0', '1'], [['1', 5]]));
  expect(found?.states.map(({ step }) => step)).toEqual([null, 5]);
  expect(found?.steps).toEqual({ least: 5, most: 5 });
});

test('what LBFGS keeps of all parameters together is said to be of none of them', async () => {
  const one = slot('0.H_diag', [1]);
  const flat = ['0.d', '0.old_dirs.0', '0.old_dirs.1', '0.prev_flat_grad'].map((name) =>
    slot(name, [0, 0, 0]),
  );
  const lbfgs = {
    ...record(['0', '1'], [['0', 20]]),
    groups: [{ parameters: ['0', '1'], names: null, values: { history_size: 100, line_search_fn: null } }],
  };
  const found = await tell([weight('a', 2), weight('b', 1), ...flat, one], lbfgs);
  expect(found).toMatchObject({ kind: 'LBFGS', parameters: 2, steps: { least: 20, most: 20 } });
  const slots = ['d', 'old_dirs', 'prev_flat_grad', 'H_diag'];
  expect(found?.states).toMatchObject([{ name: 'optimizer_state_dict.state.0', of: null, slots }]);
});

test.each([
  ['SGD', { momentum: 0, dampening: 0, nesterov: false }, []],
  ['Muon', { momentum: 0.9, nesterov: true, ns_steps: 5 }, [slot('0.momentum_buffer')]],
])('%s, which keeps nothing of its own, is told by what it goes by', async (kind, values, tensors) => {
  const group = { parameters: ['0'], names: null, values };
  expect((await tell(tensors, { ...record([]), groups: [group] }))?.kind).toBe(kind);
});

test('a parameter that goes by its name, and what is kept in lists beside a tensor, stay one state', async () => {
  const names = ['net.0.weight.momentum', 'net.0.weight.factors.0', 'net.0.weight.factors.1'];
  const shampoo = names.map((name, index) => slot(name, [0, 0, 0].slice(index)));
  const found = await tell([weight('net.0.weight', 3), ...shampoo], record(['net.0.weight']));
  expect(found?.states).toMatchObject([
    { name: 'optimizer_state_dict.state.net.0.weight', shape: [3], slots: ['momentum', 'factors'] },
  ]);
});

test('a state of which rows and columns are kept has the shape of its parameter', async () => {
  const matrix = { ...weight('a', 6), shape: [3, 2], stride: [2, 1] };
  const halves = [slot('0.exp_avg_sq_row', [0, 0, 0]), slot('0.exp_avg_sq_col', [0, 0])];
  const found = await tell([matrix, weight('b', 1), ...halves, slot('1.exp_avg_sq')], record(['0', '1']));
  expect(found?.states).toMatchObject([
    { of: 'a', shape: [3, 2] },
    { of: 'b', shape: [1] },
  ]);
});

test('the class of an optimizer that was pickled as an object goes before what its slots tell', async () => {
  const group = { parameters: ['0'], names: null, values: {} };
  const parameter = { ...slot('x'), name: 'optimizer_state_dict.param_groups.0.params.0' };
  const optimizer = await tell([slot('0.exp_avg'), slot('0.exp_avg_sq'), parameter], {
    name: 'optimizer_state_dict',
    kind: 'AdamW',
    groups: [group],
    steps: new Map(),
  });
  expect(optimizer).toMatchObject({ kind: 'AdamW', by_class: true, parameters: 1 });
});
