import { expect, test } from 'vitest';
import type { Tensor } from '../formats/contents.ts';
import { emptyContents } from '../formats/empty-contents.ts';
import { findCarriedState } from './find-carried-state.ts';

const entry = (key: string) => ({ key, type: 'dict', summary: '' });
const tensor = (name: string, part: Tensor['part']): Tensor => ({
  name,
  part,
  dtype: 'float32',
  shape: [1],
  stride: [1],
  offset: 0,
  bytes: 4,
  storage: null,
  data: null,
});

test('what a training goes on from is told by its keys, each kind once', () => {
  const contents = {
    ...emptyContents('torch-zip', []),
    entries: [
      ...['model_state_dict', 'optimizer_state_dict', 'lr_scheduler', 'torch_rng_state', 'numpy_rng_state'],
      ...['scaler', 'obs_rms', 'replay_buffer', 'epoch'],
    ].map(entry),
    tensors: [
      tensor('optimizer_state_dict.state.0.exp_avg', 'optimizer'),
      tensor('policy.0.weight', 'model'),
    ],
  };
  expect(findCarriedState(contents)).toEqual([
    { what: 'optimizer', keys: ['optimizer_state_dict'] },
    { what: 'scheduler', keys: ['lr_scheduler'] },
    { what: 'random numbers', keys: ['torch_rng_state', 'numpy_rng_state'] },
    { what: 'gradient scaler', keys: ['scaler'] },
    { what: 'replay buffer', keys: ['replay_buffer'] },
    { what: 'normalisation', keys: ['obs_rms'] },
  ]);
});

test('a file of weights alone carries nothing else, whatever its layers are called', () => {
  const tensors = [tensor('rng_head.weight', 'model'), tensor('sched.bias', 'model')];
  expect(findCarriedState({ ...emptyContents('safetensors', []), tensors })).toEqual([]);
});

test('the optimizer of stable-baselines3 is told by the name of its member', () => {
  const member = (key: string) => ({ key, type: 'file', summary: '9 bytes' });
  const contents = {
    ...emptyContents('sb3', []),
    entries: [
      ...['policy.pth', 'policy.optimizer.pth', 'actor.optimizer.pth'].map(member),
      entry('data.seed'),
    ],
    tensors: [
      tensor('policy.optimizer.pth.state.0.exp_avg', 'optimizer'),
      tensor('actor.optimizer.pth.state.0.exp_avg', 'optimizer'),
    ],
    optimizers: [{ name: 'policy.optimizer.pth', kind: null, groups: [] }],
  } as unknown as Parameters<typeof findCarriedState>[0];
  expect(findCarriedState(contents)).toEqual([
    { what: 'optimizer', keys: ['policy.optimizer.pth', 'actor.optimizer.pth'] },
  ]);
});
