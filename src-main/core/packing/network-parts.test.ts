import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { realDisk } from '../files/disk.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { readContents } from '../formats/read-contents.ts';
import { bufferSource } from '../formats/source.ts';
import { torchSource } from './torch-source.ts';
import { type TorchValue, tensorOf } from './torch-value.ts';
import { writeAnew } from './write-anew.ts';

let folder = '';
const at = (name: string) => join(folder, name);
const look = (file: string) => readContents(bufferSource(file, readFileSync(file)));

beforeEach(() => {
  folder = temporaryFolder();
});

async function save(name: string, value: TorchValue): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of torchSource(value).chunks) parts.push(part);
  writeFileSync(at(name), Buffer.concat(parts));
  return at(name);
}

const some = (count: number) => tensorOf(Float32Array.from({ length: count }, (_, index) => index));
const linear = (): TorchValue =>
  new Map<string, TorchValue>([
    ['weight', some(4)],
    ['bias', some(2)],
  ]);
const statistics = (): TorchValue =>
  new Map<string, TorchValue>([
    ['mean', some(3)],
    ['var', some(3)],
  ]);
/** As `state_dict()` of an optimizer of PyTorch gives it. */
const optimizer = (): TorchValue =>
  new Map<string, TorchValue>([
    ['state', new Map([[0, new Map([['exp_avg', some(4)]])]])],
    ['param_groups', [new Map<string, TorchValue>([['params', [0]]])]],
  ]);

const partsOf = async (key: string, value: TorchValue) => {
  const path = await save(
    'model.pt',
    new Map([
      ['net', linear()],
      [key, value],
    ]),
  );
  const { tensors } = await look(path);
  return [...new Set(tensors.filter(({ name }) => name.startsWith(`${key}.`)).map(({ part }) => part))];
};

test.each([
  ...['optimal_policy', 'option_critic', 'adopt_net', 'optical_encoder', 'opt_net', 'optimNet', 'forms_net'],
  ...[
    'transforms',
    'platforms',
    'random_target',
    'random_net',
    'rnd',
    'meta_actor',
    'statsnet',
    'norms',
    'q1',
  ],
  ...[
    'training_net',
    'configurator',
    'scaler_net',
    'schedule_net',
    'buffer_encoder',
    'meta',
    'q1_state_dict',
  ],
])('the weights of a network are a part of the model, whatever letters are in its key: %s', async (key) => {
  expect(await partsOf(key, linear())).toEqual(['model']);
});

test.each([
  ['optimizer_state_dict', 'optimizer'],
  ['actorOptimizer', 'optimizer'],
  ['optimizerG', 'optimizer'],
  ['policy.optimizer', 'optimizer'],
  ['opt_state', 'optimizer'],
  ['obs_rms', 'other'],
  ['replay_buffer', 'other'],
  ['critic_buffer', 'other'],
  ['rng_cuda', 'other'],
  ['rng_states_2', 'other'],
  ['value_normalizer', 'other'],
  ['hyper_parameters', 'other'],
  ['policy_config', 'other'],
  ['scheduler_state_dict', 'other'],
  ['encoder', 'model'],
  ['ema_state_dict', 'model'],
  ['observed', 'model'],
])('where the contents do not tell, the words of a key do: %s is %s', async (key, part) => {
  expect(await partsOf(key, statistics())).toEqual([part]);
});

test.each(['policy', 'adam', 'transforms'])(
  'what has the groups of an optimizer is one, whatever its key: %s',
  async (key) => {
    expect(await partsOf(key, optimizer())).toEqual(['optimizer']);
  },
);

test('a slim copy keeps each network and leaves out each optimizer, by what they are', async () => {
  const path = await save(
    'model.pt',
    new Map([
      ['optimal_policy', linear()],
      ['opt_net', linear()],
      ['adam', optimizer()],
      ['optimizers', [optimizer()]],
    ]),
  );
  const { leftOut } = await writeAnew(realDisk, path, at('slim.pt'), { act: 'convert', slim: true });
  expect(leftOut).toEqual(['adam', 'optimizers']);
  const { entries } = await look(at('slim.pt'));
  expect(entries.map(({ key }) => key)).toEqual(['optimal_policy', 'opt_net']);
});

test('counters that go along as the training state are not left out', async () => {
  const path = await save(
    'model.pt',
    new Map<string, TorchValue>([
      ['net', linear()],
      ['epoch', 3],
      ['note', 'x'],
    ]),
  );
  const { leftOut } = await writeAnew(realDisk, path, at('new.safetensors'), { act: 'convert' });
  expect((await look(at('new.safetensors'))).trainingState).toEqual({ epoch: 3 });
  expect(leftOut).toEqual(['note']);
});

test('a copy as safetensors has each network', async () => {
  const path = await save(
    'model.pt',
    new Map([
      ['net', linear()],
      ['random_target', linear()],
    ]),
  );
  const { leftOut, tensors } = await writeAnew(realDisk, path, at('new.safetensors'), { act: 'convert' });
  expect({ leftOut, tensors }).toEqual({ leftOut: [], tensors: 4 });
});
