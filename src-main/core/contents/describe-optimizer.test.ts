import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Tensor } from '../formats/contents.ts';
import { float32, tensorOf } from '../tensors/naive.fixture.ts';
import { describeOptimizer } from './describe-optimizer.ts';
import { inspectFile } from './inspect-file.ts';

const slot = (name: string, values: readonly number[] = [0]): Tensor => ({
  ...tensorOf('float32', [values.length], float32(values), { name: `optimizer_state_dict.state.${name}` }),
  part: 'optimizer',
});

test('the optimizer of a version that PyTorch wrote is told by what it keeps', async () => {
  const run = join(import.meta.dirname, '../../../build/sample-run/run/checkpoints/checkpoint.pt');
  const { contents, close } = await inspectFile(run);
  expect(await describeOptimizer(contents.tensors)).toMatchObject({
    kind: 'Adam or AdamW',
    slots: ['step', 'exp_avg', 'exp_avg_sq'],
    parameters: 8,
    steps: { least: 768, most: 768 },
  });
  await close();
});

test.each([
  [['momentum_buffer'], 'SGD with momentum'],
  [['square_avg', 'acc_delta'], 'Adadelta'],
  [['step', 'square_avg'], 'RMSprop'],
  [['exp_avg', 'exp_avg_sq', 'max_exp_avg_sq'], 'Adam or AdamW, with amsgrad'],
  [['something_new'], null],
])('%j is taken for %s', async (slots, kind) => {
  const optimizer = await describeOptimizer(slots.map((name) => slot(`0.${name}`)));
  expect(optimizer?.kind).toBe(kind);
});

test('a step that is no single finite number counts for nothing', async () => {
  const odd = [slot('0.step', [1, 2]), slot('1.step', [Number.NaN]), slot('2.step', [7])];
  expect((await describeOptimizer(odd))?.steps).toEqual({ least: 7, most: 7 });
  expect((await describeOptimizer(odd.slice(0, 2)))?.steps).toBeNull();
});

test('without an optimizer there is nothing to tell', async () => {
  expect(await describeOptimizer([])).toBeNull();
});
