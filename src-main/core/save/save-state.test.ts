import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ModelValidationError } from '../errors.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { readContents } from '../formats/read-contents.ts';
import { openFileSource } from '../formats/source.ts';
import { ModelManager } from '../model-manager.ts';
import { hasTorch, runPython } from '../packing/python.fixture.ts';
import { tensorOf } from '../packing/torch-value.ts';
import type { ModelWeights, SaveSource } from './save-request.ts';

function open(): ModelManager {
  const manager = new ModelManager(temporaryFolder(), { appData: temporaryFolder(), config: {} });
  onTestFinished(() => manager.close());
  return manager;
}

async function contentsOf(path: string) {
  const source = await openFileSource(path);
  onTestFinished(() => source.close());
  return readContents(source);
}

const model = {
  weight: tensorOf(Float32Array.of(1, 2, 3, 4, 5, 6), [2, 3]),
  bias: tensorOf(Float32Array.of(0, 1)),
};

/** As Adam keeps it after two steps over {@link model}. */
const optimizer = {
  state: new Map(
    Object.values(model).map(({ shape }, index) => {
      const zeros = () => tensorOf(new Float32Array(shape.reduce((a, b) => a * b)), shape);
      return [index, { step: tensorOf(Float32Array.of(2), []), exp_avg: zeros(), exp_avg_sq: zeros() }];
    }),
  ),
  param_groups: [
    { lr: 0.001, betas: [0.9, 0.999], eps: 1e-8, weight_decay: 0, amsgrad: false, params: [0, 1] },
  ],
};
const trainingState = { global_step: 7, best_reward: 2, current_lr: 1, recent_rewards: [1, 2, Number.NaN] };

/** Saves it as a checkpoint. @returns its path */
async function save(source: SaveSource): Promise<string> {
  const manager = open();
  const { id, torn, warnings } = await manager.saveCheckpoint({ source, reward: 2, trainingState });
  expect({ torn, warnings }).toEqual({ torn: null, warnings: [] });
  return join(manager.root, id);
}

test('a state is saved as it is', async () => {
  const { tensors, trainingState: told } = await contentsOf(await save({ state: model }));
  expect(tensors.map(({ name }) => name)).toEqual(['weight', 'bias']);
  expect(told).toBeNull();
});

test('weights are saved as the reference lays out a checkpoint, and tell of it what the sidecar tells', async () => {
  const manager = open();
  await manager.saveBestModel({ source: { model }, reward: 1 });
  const metrics = { sharpe: 1.5 };
  const { id } = await manager.saveBestModel({
    source: { model, optimizer },
    reward: 2,
    metrics,
    trainingState,
  });
  const { checkpointVersion, metadata, trainingState: told } = await contentsOf(join(manager.root, id));
  expect({ checkpointVersion, told }).toMatchObject({ checkpointVersion: '2.0', told: { global_step: 7 } });
  const { state } = await manager.loadModel({ id });
  const { training_state, ...sidecar } = state.metadata;
  expect(metadata).toEqual({ ...sidecar, checksum: null, file_size_bytes: null });
  expect(metadata).toMatchObject({ version: 2, reward: 2, metrics });
  expect(training_state).toEqual(trainingState);
});

test('what is a float for the reference is one in the sidecar too, where it is whole', async () => {
  const manager = open();
  const request = { reward: 2, metrics: { episodes: 3 }, trainingState, metadata: { day_quality: -1 } };
  const { id } = await manager.saveCheckpoint({ source: { model }, ...request });
  const sidecar = readFileSync(join(manager.root, id.replace(/pt$/, 'json')), 'utf8');
  for (const line of [
    ...[
      '"reward": 2.0',
      '"day_quality": -1.0',
      '"best_reward": 2.0',
      '"current_lr": 1.0',
      '1.0,',
      '2.0,',
      'NaN',
    ],
    ...['"version": 0', '"episodes": 3', '"global_step": 7'],
  ])
    expect(sidecar).toContain(line);
});

test('what cannot be in a checkpoint is refused by its place, and nothing is saved', async () => {
  const manager = open();
  const source = { model: { when: new Date(0) as never } };
  const saving = manager.saveBestModel({ source, reward: 1 });
  await expect(saving).rejects.toThrow(ModelValidationError);
  await expect(saving).rejects.toThrow('model_state_dict.when');
  await manager.look();
  expect(manager.versions()).toEqual([]);
});

describe.skipIf(!hasTorch)('with PyTorch', () => {
  test('training goes on from weights that were saved, by the rules of the reference', {
    timeout: 60_000,
  }, async () => {
    const sources: ModelWeights[] = [{ model, optimizer }, { model }];
    const paths = await Promise.all(sources.map(save));
    const [whole, bare] = runPython('go_on.py', paths.join('\n')).map((line) => JSON.parse(line));
    const keys = [
      'model_state_dict',
      'optimizer_state_dict',
      'training_state',
      'metadata',
      'checkpoint_version',
    ];
    expect(whole).toMatchObject({
      keys,
      version: '2.0',
      training_state: {
        global_step: 'int',
        best_reward: 'float',
        current_lr: 'float',
        wall_time_seconds: 'float',
      },
      metadata: { version: 'int', reward: 'float', timestamp: 'str', metrics: 'dict', checksum: 'NoneType' },
      rewards: ['float', 'float', 'float'],
      steps: [3, 3],
    });
    expect(bare).toMatchObject({ keys, steps: [1, 1] });
  });
});
