import { expect, test } from 'vitest';
import { layoutSuite } from '../layout-suite.ts';
import { signsOf } from '../run-signs.fixture.ts';
import { huggingFace } from './layout.ts';

const rest = ['config.json', 'optimizer.pt', 'rng_state.pth', 'scheduler.pt', 'trainer_state.json'];
const unfinished = 'no trainer_state.json: the save was not finished';
const shard = (number: number) => `model-0000${number}-of-00003.safetensors`;

layoutSuite(huggingFace, {
  names: { 'model.safetensors': null },
  leftovers: ['tmp-checkpoint-500'],
  others: [
    'checkpoint-',
    'trainer_state',
    'optimizer.pt',
    'scheduler.pt',
    'scaler.pt',
    'rng_state.pth',
    'rng_state_1.pth',
    'random_states_0.pkl',
    'training_args.bin',
    'optimizer_1.bin',
  ],
  folders: [
    {
      name: 'checkpoint-500',
      inside: ['model.safetensors', 'optimizer.bin', 'scheduler.bin'],
      version: { main: 'model.safetensors', missing: ['no random_states_0.pkl: the save was not finished'] },
    },
    {
      name: 'checkpoint-500',
      inside: [...rest, 'model.safetensors'],
      version: { main: 'model.safetensors' },
    },
    {
      name: 'checkpoint-500',
      inside: [...rest, 'pytorch_model.bin'],
      version: { main: 'pytorch_model.bin' },
    },
    {
      name: 'checkpoint-7',
      inside: [...rest, 'model.safetensors.index.json', shard(1), shard(3)],
      version: { main: 'model.safetensors.index.json', missing: [`${shard(2)} is missing`] },
    },
    {
      name: 'checkpoint-7',
      inside: ['config.json', 'model.safetensors', 'training_args.bin'],
      version: { main: 'model.safetensors', missing: [unfinished] },
    },
    {
      name: 'checkpoint-7',
      inside: ['config.json', 'model.safetensors', 'tokenizer.json'],
      version: { main: 'model.safetensors' },
    },
    {
      name: 'checkpoint-7',
      inside: [...rest, 'policy/', 'policy/adapter_config.json', 'policy/adapter_model.safetensors'],
      version: { main: 'policy/adapter_model.safetensors' },
    },
    {
      name: 'checkpoint-500',
      inside: [
        ...['optimizer.bin', 'random_states_0.pkl', 'scheduler.bin'],
        ...['unet_ema/', 'unet_ema/diffusion_pytorch_model.safetensors'],
        ...['unet/', 'unet/config.json', 'unet/diffusion_pytorch_model.safetensors'],
      ],
      version: { main: 'unet/diffusion_pytorch_model.safetensors' },
    },
    {
      name: 'checkpoint-500',
      inside: ['random_states_0.pkl', 'unet/'],
      version: {
        main: 'random_states_0.pkl',
        missing: ['its weights are missing: no model.safetensors or pytorch_model.bin'],
      },
    },
    {
      name: 'checkpoint-7',
      inside: ['trainer_state.json'],
      version: {
        main: 'trainer_state.json',
        missing: ['its weights are missing: no model.safetensors or pytorch_model.bin'],
      },
    },
    {
      name: 'checkpoint-7',
      inside: ['global_step7/', 'trainer_state.json'],
      version: { main: 'trainer_state.json' },
    },
    {
      name: 'checkpoint-7',
      inside: ['model.safetensors', 'random_states_0.pkl'],
      version: { main: 'model.safetensors' },
    },
    { name: 'checkpoint-7', inside: ['model.pt', 'config.json', 'optimizer.pt'], version: null },
    {
      name: 'final',
      inside: ['config.json', 'model.safetensors', 'tokenizer.json'],
      version: { main: 'model.safetensors' },
    },
    {
      name: 'best_model',
      inside: ['adapter_config.json', 'adapter_model.safetensors'],
      version: { main: 'adapter_model.safetensors' },
    },
    {
      name: 'checkpoint-1000-best',
      inside: [...rest, 'model.safetensors'],
      version: { main: 'model.safetensors' },
    },
    {
      name: 'final',
      inside: ['config.json', 'model.safetensors.index.json', shard(1), shard(2)],
      version: { main: 'model.safetensors.index.json', missing: [`${shard(3)} is missing`] },
    },
    { name: 'best_model', inside: ['config.json', 'checkpoint-7/', 'model.safetensors'], version: null },
    { name: 'best_model', inside: ['best_model.zip', 'config.json'], version: null },
    { name: 'my-best-run', inside: ['config.json', 'model.safetensors'], version: null },
    { name: 'final', inside: ['model.safetensors'], version: null },
    { name: 'checkpoint-7', inside: [], version: null },
    { name: 'run-7', inside: [...rest, 'model.safetensors'], version: null },
  ],
  runs: [
    {
      ids: [
        'checkpoint-500/unet/diffusion_pytorch_model.safetensors',
        'checkpoint-1000/unet/diffusion_pytorch_model.safetensors',
      ],
      claim: { sureness: 'likely', last: 'checkpoint-1000/unet/diffusion_pytorch_model.safetensors' },
    },
    {
      ids: ['checkpoint-10/adapter_model.safetensors', 'checkpoint-20/style/adapter_model.safetensors'],
      claim: { sureness: 'likely', last: 'checkpoint-20/style/adapter_model.safetensors' },
    },
    {
      ids: ['checkpoint-500/model.safetensors'],
      claim: { sureness: 'likely', why: 'its checkpoints are folders named checkpoint-STEP' },
    },
    {
      ids: ['checkpoint-900/pytorch_model.bin', 'checkpoint-1000/pytorch_model.bin'],
      claim: { last: 'checkpoint-1000/pytorch_model.bin' },
    },
    { ids: ['checkpoint-500'], claim: null },
  ],
});

test('a model at the top of a run, with what loads it, is what training ended with', () => {
  const ids = ['checkpoint-10/model.safetensors', 'model.safetensors'];
  const finals = (names: readonly string[], beside: string) =>
    huggingFace.recognise(signsOf(names, { has: (path) => path === beside }))?.finals;
  expect(finals(ids, 'config.json')).toEqual(['model.safetensors']);
  expect(finals(ids, 'notes.json')).toBeUndefined();
  expect(finals(ids.slice(0, 1), 'config.json')).toBeUndefined();
  expect(finals(['checkpoint-10/adapter_model.bin', 'adapter_model.bin'], 'adapter_config.json')).toEqual([
    'adapter_model.bin',
  ]);
});
