import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { stringifyJson } from '../../../shared/model/json.ts';
import { SettingsOfFiles } from '../contents/settings-of-file.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { ascii } from '../formats/fixtures/bytes.ts';
import { pickle } from '../formats/fixtures/write-torch.ts';
import { writeZip } from '../formats/fixtures/write-zip.ts';
import { readTrainer } from './read-trainer.ts';

/** What `torch.save` makes of an object, as transformers/trainer.py has it save its arguments: an archive with a pickle and no tensors. */
function saved(...parts: readonly (string | Buffer)[]): Buffer {
  return writeZip([
    { name: 'training_args/data.pkl', data: pickle(...parts) },
    { name: 'training_args/version', data: ascii('3\n') },
  ]);
}

const key = (name: string) => `U${String.fromCharCode(name.length)}${name}`;
const double = (value: number) => {
  const bytes = Buffer.alloc(9, 'G');
  bytes.writeDoubleBE(value, 1);
  return bytes.toString('latin1');
};
/** Its state as protocol 2 writes it; enumerations are called with their value. */
const state = [
  `}(${key('output_dir')}${key('/home/somebody/out')}`,
  `${key('learning_rate')}${double(5e-5)}${key('per_device_train_batch_size')}K\x08`,
  `${key('lr_scheduler_type')}ctransformers.trainer_utils\nSchedulerType\n${key('cosine')}\x85R`,
  `${key('optim')}ctransformers.training_args\nOptimizerNames\n${key('adamw_torch')}\x85R`,
  `${key('fp16')}\x88${key('warmup_ratio')}N${key('hub_token')}${key('hf_secret')}${key('_n_gpu')}K\x01u`,
].join('');
const trainingArgs = saved(`ctransformers.training_args\nTrainingArguments\n)\x81${state}b`);
const told = {
  learning_rate: 5e-5,
  per_device_train_batch_size: 8,
  lr_scheduler_type: 'cosine',
  optim: 'adamw_torch',
  fp16: true,
};
const trainerState = JSON.stringify({
  ...{ global_step: 500, epoch: 1, best_metric: 0.5, log_history: [{ step: 500, loss: 1 }] },
  ...{
    max_steps: 1500,
    num_train_epochs: 3,
    train_batch_size: 8,
    trial_params: { lr: 0.1 },
    trial_name: null,
  },
});

test('the arguments of a Trainer are read out of their pickle, which is not executed: what trains, and no secret', async () => {
  const folder = temporaryFolder();
  const model = put(folder, 'out/checkpoint-500/model.safetensors', '');
  put(folder, 'out/checkpoint-500/training_args.bin', trainingArgs);
  put(folder, 'out/checkpoint-500/trainer_state.json', trainerState);
  const { args, state: rest } = await readTrainer(model);
  expect(args).toEqual(told);
  expect(rest).toEqual({
    max_steps: 1500,
    num_train_epochs: 3,
    train_batch_size: 8,
    trial_params: { lr: 0.1 },
  });
  const known = await new SettingsOfFiles().read(model, null);
  expect(known.get('learning_rate')).toEqual({ source: 'training_args', value: 5e-5 });
  expect(known.get('max_steps')).toEqual({ source: 'trainer_state', value: 1500 });
});

test('they count beside the folder of a checkpoint too, where the Trainer keeps them with the final model, and under any name of their class', async () => {
  const folder = temporaryFolder();
  const model = put(folder, 'out/checkpoint-500/model.safetensors', '');
  put(folder, 'out/training_args.bin', saved(`ctrl.trainer.ppo_config\nPPOConfig\n)\x81${state}b`));
  expect((await readTrainer(model)).args).toEqual(told);
});

/** Each under a key of its own: a text of 40,000 characters, which is remembered. */
const manyTimes = [
  `${key('a')}X\x40\x9c\0\0${'a'.repeat(40_000)}q\x01`,
  ...Array.from({ length: 10_000 }, (_, index) => `${key(String(index))}h\x01`),
].join('');

test.each([
  ['something else', saved(`cos\nsystem\n${key('id')}\x85R`)],
  ['a model', saved(`cmodels\nNet\n)\x81${state}b`)],
  ['torn', trainingArgs.subarray(0, 300)],
  ['huge', Buffer.concat([trainingArgs, Buffer.alloc(300 * 1024)])],
  ['nested without end', saved(`ca\nArguments\n)\x81}${key('a')}${'('.repeat(100_000)}sb`)],
])('a file of that name that is %s tells nothing, and harms nothing', async (_what, bytes) => {
  const folder = temporaryFolder();
  const model = put(folder, 'model.safetensors', '');
  put(folder, 'training_args.bin', bytes);
  put(folder, 'trainer_state.json', '[1]');
  expect(await readTrainer(model)).toEqual({ args: null, state: null });
});

test('of one text ten thousand times a little is told', async () => {
  const folder = temporaryFolder();
  const model = put(folder, 'model.safetensors', '');
  put(folder, 'training_args.bin', saved(`ca\nArguments\n)\x81}(${manyTimes}ub`));
  const { args } = await readTrainer(model);
  expect(stringifyJson(args).length).toBeLessThan(2e6);
});

test('they are not read behind a link', async () => {
  const folder = temporaryFolder();
  put(folder, 'secret.bin', trainingArgs);
  const model = put(folder, 'a/model.safetensors', '');
  symlinkSync('../secret.bin', join(folder, 'a/training_args.bin'));
  expect(await readTrainer(model)).toEqual({ args: null, state: null });
});
