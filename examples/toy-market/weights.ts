import { elementsOf, valueAt } from '../../src-main/core/packing/elements-of.ts';
import { readState } from '../../src-main/core/packing/read-state.ts';
import {
  type TorchKey,
  TorchTensor,
  type TorchValue,
  tensorOf,
} from '../../src-main/core/packing/torch-value.ts';
import type { ModelWeights } from '../../src-main/core/save/save-request.ts';
import { type Adam, betas, eps, type Moments } from './adam.ts';

/** What `model.state_dict()` and `optimizer.state_dict()` would be in PyTorch, which loads them from the files. */
export function weightsOf({ parameters, moments, rate, step }: Adam): ModelWeights {
  const model = new Map(parameters.map(({ name, data, shape }) => [name, tensorOf(data, shape)]));
  const state = new Map<TorchKey, TorchValue>();
  for (const [index, { shape }] of parameters.entries()) {
    const { average, square } = moments[index] as Moments;
    const counter = tensorOf(Float32Array.of(step), []);
    state.set(index, {
      step: counter,
      exp_avg: tensorOf(average, shape),
      exp_avg_sq: tensorOf(square, shape),
    });
  }
  const group = {
    lr: rate,
    betas,
    eps,
    weight_decay: 0,
    amsgrad: false,
    params: parameters.map((_, index) => index),
  };
  return { model, optimizer: { state, param_groups: [group] } };
}

/** Takes model and optimizer up where a version left them. @throws ModelManagerError where its file cannot be read */
export async function loadWeights(adam: Adam, path: string): Promise<void> {
  const checkpoint = await readState(path);
  for (const [index, { name, data }] of adam.parameters.entries()) {
    const own = ['optimizer_state_dict', 'state', index];
    data.set(await floatsAt(checkpoint, ['model_state_dict', name]));
    adam.moments[index]?.average.set(await floatsAt(checkpoint, [...own, 'exp_avg']));
    adam.moments[index]?.square.set(await floatsAt(checkpoint, [...own, 'exp_avg_sq']));
    adam.step = (await floatsAt(checkpoint, [...own, 'step']))[0] ?? 0;
  }
}

async function floatsAt(checkpoint: TorchValue, keys: readonly TorchKey[]): Promise<Float32Array> {
  const found = valueAt(checkpoint, keys);
  const elements = found instanceof TorchTensor ? await elementsOf(found) : null;
  if (!(elements instanceof Float32Array)) throw new Error(`the checkpoint has no ${keys.join('.')}`);
  return elements;
}
