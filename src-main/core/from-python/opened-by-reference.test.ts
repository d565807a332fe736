import { basename, join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { StorageConfig } from '../../../shared/model/storage-config.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { ModelManager } from '../model-manager.ts';
import { hasTorch } from '../packing/python.fixture.ts';
import { torchSource } from '../packing/torch-source.ts';
import { tensorOf } from '../packing/torch-value.ts';
import type { SaveRequest } from '../save/save-request.ts';
import { TrainingManager } from '../training/training-manager.ts';
import { byId, pythonTimeout, runScript } from './python-saver.fixture.ts';

interface Opened {
  versions: [number | null, string][];
  best: string | null;
  latest: string | null;
  checkpoints: [string, string[]][];
  weights: string[] | null;
  problems: string[];
}

const saves: Omit<SaveRequest, 'source'>[] = [
  { reward: 1, metrics: { sharpe: 1, mean_reward: 3 } },
  { reward: -0.25, metrics: { sharpe: Number.NaN } },
  { reward: Number.NaN },
  { reward: Number.NEGATIVE_INFINITY, metrics: { sharpe: Number.POSITIVE_INFINITY } },
  {
    reward: 0,
    metrics: { sharpe: 2, curve: [1, 2.5] },
    metadata: {
      day_quality: 1,
      episode_count: 3,
      notes: 'größer 雪',
      tags: ['a'],
      training_config: { lr: 1 },
    },
    trainingState: {
      global_step: 7,
      best_reward: 4,
      wall_time_seconds: 60,
      current_lr: 1,
      recent_rewards: [1, 0.5],
    },
  },
  {
    reward: 5,
    metrics: { sharpe: 2 },
    trainingState: { best_reward: Number.NEGATIVE_INFINITY, current_lr: null },
  },
];

const rankings = [
  ['mean_reward', 'max'],
  ['sharpe', 'max'],
  ['sharpe', 'min'],
] as const;

function open(run: string, config: Partial<StorageConfig>): ModelManager {
  const manager = new ModelManager(run, { appData: temporaryFolder(), config });
  onTestFinished(() => manager.close());
  return manager;
}

async function trainedRun(): Promise<string> {
  const run = temporaryFolder();
  const manager = open(run, { best_model_selection_metric: 'sharpe' });
  const training = new TrainingManager(manager, {
    state: () => ({ model: { 'net.weight': tensorOf(Float32Array.of(1)) } }),
    metadata: { model_class: 'Toy', day_quality: 1, tags: ['a'] },
  });
  for (const [index, sharpe] of [1, 3, 2, 4.5].entries()) {
    await training.onUpdate({ reward: 10 - index, sharpe, step: 100 * index, lr: 1 });
    if (sharpe !== 2)
      await vi.waitFor(() => expect(manager.getBestModelInfo()?.metrics).toMatchObject({ sharpe }), {
        timeout: 10_000,
      });
  }
  await training.close();
  return run;
}

async function savedRun(): Promise<string> {
  const run = temporaryFolder();
  const manager = open(run, { max_best_models: 0 });
  for (const [index, save] of saves.entries()) {
    const weights = { 'net.weight': tensorOf(new Float32Array([index, -0.5])) };
    const source = torchSource({ model_state_dict: weights, checkpoint_version: '2.0' });
    await manager.saveBestModel({ ...save, source });
  }
  return run;
}

test.runIf(hasTorch)(
  'those rules find nothing wrong with a run of the reference',
  { timeout: pythonTimeout },
  () => {
    const typed = join(import.meta.dirname, '../../../e2e/fixtures/generations/typed');
    const [opened = ''] = runScript('reference_manager.py', [typed]);
    expect(JSON.parse(opened)).toMatchObject({
      problems: [],
      best: 'model_v0003_reward0.9000_20240101_132100.pt',
    });
  },
);

test.runIf(hasTorch).each([
  { what: 'saved version by version', make: savedRun, count: saves.length },
  { what: 'that a training wrote', make: trainedRun, count: 3 },
])(
  'a run $what, opened by those rules, has the same versions, best and latest, and every key has its type',
  { timeout: pythonTimeout },
  async ({ make, count }) => {
    const run = await make();
    const opened = runScript(
      'reference_manager.py',
      rankings.map((ranking) => `${ranking.join(':')}=${run}`),
    );
    for (const [index, [metric, mode]] of rankings.entries()) {
      const manager = open(run, { best_model_selection_metric: metric, best_model_selection_mode: mode });
      await manager.look();
      expect(byId(manager)).toHaveLength(count);
      const nameOf = (id: string | null | undefined) => basename(id ?? '');
      expect(JSON.parse(opened[index] ?? '')).toEqual({
        problems: [],
        versions: byId(manager).map(({ version, id }) => [version, nameOf(id)]),
        best: nameOf(manager.getBestModelInfo()?.id),
        latest: nameOf((await manager.latest()).id),
        checkpoints: [],
        weights: ['net.weight'],
      } satisfies Opened);
    }
  },
);
