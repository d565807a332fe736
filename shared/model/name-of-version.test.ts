import { expect, test } from 'vitest';
import { nameOfVersion, placeOfVersion } from './name-of-version.ts';

test.each([
  ['a.pt', 'a.pt'],
  ['best_models/model_v1.pt', 'model_v1.pt'],
  ['checkpoint_p0/checkpoint_000000978_4005888.pth', 'checkpoint_000000978_4005888.pth'],
  ['checkpoint-500/model.safetensors', 'checkpoint-500'],
  ['checkpoints/checkpoint_000010/algorithm_state.pkl', 'checkpoint_000010'],
  ['1000/_CHECKPOINT_METADATA', '1000'],
  ['saved_model/saved_model.pb', 'saved_model'],
  ['checkpoints/epoch=0-step=10.ckpt/.metadata', 'epoch=0-step=10.ckpt'],
  ['checkpoints/last.ckpt/checkpoint/mp_rank_00_model_states.pt', 'last.ckpt'],
  ['checkpoints/last.ckpt', 'last.ckpt'],
  ['checkpoint-500', 'checkpoint-500'],
  ['checkpoints/checkpoint-500_20260302_113000/model.safetensors', 'checkpoint-500_20260302_113000'],
  [
    'best_models/model_v0001_reward0.5000_20260302_113000/model.safetensors',
    'model_v0001_reward0.5000_20260302_113000',
  ],
  ['best_models/model_v0002_rewardnan_20260302_113000/state.pkl', 'model_v0002_rewardnan_20260302_113000'],
  ['best_models/model_v0002_rewardnan_20260302_113000.pt', 'model_v0002_rewardnan_20260302_113000.pt'],
])('%s is called %s', (id, name) => expect(nameOfVersion(id)).toBe(name));

test.each([
  ['a.pt', 'a.pt'],
  ['checkpoint_p0/checkpoint_000000978_4005888.pth', 'checkpoint_p0/checkpoint_000000978_4005888.pth'],
  ['outputs/checkpoint-500/model.safetensors', 'outputs/checkpoint-500'],
  ['a.pt/a.pt', 'a.pt/a.pt'],
  ['checkpoints/last.ckpt/checkpoint/mp_rank_00_model_states.pt', 'checkpoints/last.ckpt'],
  ['checkpoint-5/checkpoint-5', 'checkpoint-5/checkpoint-5'],
])('with its folders %s is called %s', (id, name) => expect(placeOfVersion(id)).toBe(name));
