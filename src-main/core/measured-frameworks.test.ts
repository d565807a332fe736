import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { csvOf, eventsOf } from './catalog/measurements/write-logs.fixture.ts';
import { put, temporaryFolder } from './files/temporary-folder.fixture.ts';
import { ModelManager } from './model-manager.ts';

/** A run of these files; those that end in a model's ending hold nothing to read. */
async function open(files: Readonly<Record<string, string | Buffer>>): Promise<ModelManager> {
  const run = join(temporaryFolder(), 'run');
  for (const [path, content] of Object.entries(files)) put(run, path, content);
  const manager = new ModelManager(run, { appData: temporaryFolder() });
  onTestFinished(() => manager.close());
  await manager.look();
  return manager;
}

test('a version of Lightning has the values of its step, or of the last one of its epoch', async () => {
  const manager = await open({
    'checkpoints/epoch=1.ckpt': 'x',
    'checkpoints/last_step_100.ckpt': 'x',
    'metrics.csv': csvOf(
      ['epoch', 'step', 'train_loss', 'val_loss'],
      ...([
        [0, 49, 0.5, ''],
        [0, 49, '', 0.9],
        [1, 99, 0.25, ''],
        [1, 99, '', 0.8],
      ] as const),
    ),
  });
  const metrics = { train_loss: 0.25, val_loss: 0.8 };
  expect(manager.version('checkpoints/epoch=1.ckpt')).toMatchObject({ metrics, reward: null });
  expect(manager.version('checkpoints/last_step_100.ckpt')).toMatchObject({ metrics, reward: null });
  expect(manager.describe('checkpoints/last_step_100.ckpt').metric_sources).toMatchObject([
    { metric: 'train_loss', file: 'metrics.csv', axis: 'step', at: 99, behind: 1 },
    { metric: 'val_loss', file: 'metrics.csv', axis: 'step', at: 99, behind: 1 },
  ]);
});

test('a version of Keras has the values of its epoch, of training and of validation', async () => {
  const manager = await open({
    'model_epoch_02.pt': 'x',
    'logs/train/events.out.tfevents.1.host.v2': eventsOf('epoch_loss', { 0: 4, 1: 2, 2: 1 }),
    'logs/validation/events.out.tfevents.1.host.v2': eventsOf('epoch_loss', { 0: 5, 1: 3, 2: 7 }),
  });
  expect(manager.version('model_epoch_02.pt')?.metrics).toEqual({
    epoch: 2,
    'epoch_loss@logs/train': 2,
    'epoch_loss@logs/validation': 3,
  });
});

test('a version of Keras has the values that its CSVLogger wrote of its epoch', async () => {
  const manager = await open({
    'epoch_01.keras': 'x',
    'epoch_02.keras': 'x',
    'epoch_03.keras': 'x',
    'metrics.csv': csvOf(['epoch', 'loss', 'val_loss'], [0, 1, 1.1], [1, 0.5, 0.4], [2, 0.3, 0.9]),
  });
  const losses = [1, 2, 3].map((epoch) => manager.version(`epoch_0${epoch}.keras`)?.metrics);
  expect(losses).toEqual([
    { epoch: 1, loss: 1, val_loss: 1.1 },
    { epoch: 2, loss: 0.5, val_loss: 0.4 },
    { epoch: 3, loss: 0.3, val_loss: 0.9 },
  ]);
});

test('a version of Tune has the values of its result, from two files that agree once', async () => {
  const results = [1, 2].map((iteration) =>
    JSON.stringify({
      training_iteration: iteration,
      timesteps_total: 4000 * iteration,
      episode_reward_mean: iteration / 3,
    }),
  );
  const manager = await open({
    'model_step_8000.pt': 'x',
    'result.json': `${results.join('\n')}\n`,
    'progress.csv': csvOf(
      ['episode_reward_mean', 'timesteps_total', 'training_iteration'],
      [1 / 3, 4000, 1],
      [2 / 3, 8000, 2],
    ),
  });
  const metrics = { episode_reward_mean: 2 / 3 };
  expect(manager.version('model_step_8000.pt')).toMatchObject({ reward: 2 / 3, metrics });
});

test('a checkpoint of RLlib has the steps and the values of the iteration that its trial names it at', async () => {
  const results = [1, 2].map((iteration) => ({
    ...{
      training_iteration: iteration,
      timesteps_total: 4000 * iteration,
      episode_reward_mean: iteration / 3,
    },
    checkpoint_dir_name: `checkpoint_00000${iteration - 1}`,
  }));
  const manager = await open({
    'checkpoint_000001/rllib_checkpoint.json': '{}',
    'checkpoint_000001/algorithm_state.pkl': 'x',
    'result.json': results.map((result) => `${JSON.stringify(result)}\n`).join(''),
  });
  const [version] = manager.versions();
  expect(version).toMatchObject({ step: 8000, reward: 2 / 3, metrics: { episode_reward_mean: 2 / 3 } });
  expect(manager.row(version?.id ?? '')?.step).toBe(8000);
});

test('a checkpoint of RLlib has the steps and the values of its iteration where progress.csv alone was kept', async () => {
  const progress = (columns: readonly string[]) =>
    csvOf([...columns, 'timesteps_total', 'episode_reward_mean'], [1, 100, 1], [2, 200, 9], [3, 300, 4]);
  const checkpoint = { 'checkpoint_000002/algorithm_state.pkl': 'x' };
  const about = (ray_version: string) => ({
    'checkpoint_000002/rllib_checkpoint.json': JSON.stringify({ ray_version }),
  });
  const told = async (files: Readonly<Record<string, string>>) =>
    (await open({ ...checkpoint, ...files })).version('checkpoint_000002/algorithm_state.pkl');
  const ofIterations = progress(['training_iteration']);
  expect(await told({ ...about('2.3.1'), 'progress.csv': ofIterations })).toMatchObject({
    ...{ step: 200, reward: 9 },
  });
  // Since Ray 2.7 folders are numbered by saves; another framework may count anything in a file of that name.
  for (const files of [
    { ...about('2.40.0'), 'progress.csv': ofIterations },
    { ...about('2.3.1'), 'progress.csv': progress(['iteration']) },
  ])
    expect(await told(files)).toMatchObject({ step: null, reward: null });
});

test('a version that says its own step keeps it, whatever a log counts', async () => {
  const results = [2, 3].map((iteration) => ({
    training_iteration: iteration,
    timesteps_total: 4000,
    loss: 1,
  }));
  const manager = await open({
    'checkpoint_2/training_state.json': '{"current_step": 7}',
    'checkpoint_2/model.zip': 'x',
    'result.json': results.map((result) => `${JSON.stringify(result)}\n`).join(''),
  });
  expect(manager.versions()[0]?.step).toBe(7);
});

test('a version of the Trainer has its log, the newest of those that were saved', async () => {
  const history = (loss: number) => ({
    log_history: [
      { step: 500, loss, epoch: 1 },
      { step: 500, eval_loss: 2, epoch: 1 },
    ],
  });
  const manager = await open({
    'model_step_500.pt': 'x',
    'checkpoint-500/trainer_state.json': JSON.stringify(history(3)),
    'checkpoint-1000/trainer_state.json': JSON.stringify(history(4)),
  });
  expect(manager.version('model_step_500.pt')).toMatchObject({
    reward: null,
    metrics: { loss: 4, eval_loss: 2 },
  });
});

test('a version of a run that MLflow tracked has its metrics', async () => {
  const manager = await open({
    'model_step_20.pt': 'x',
    'mlruns/0/ab12/metrics/val/accuracy': '1700000000000 0.5 10\n1700000000001 0.75 20\n',
    'mlruns/0/ab12/metrics/loss': '1700000000000 2 10\n1700000000001 1 20\n',
  });
  expect(manager.version('model_step_20.pt')?.metrics).toEqual({ 'val/accuracy': 0.75, loss: 1 });
});

test('a run that MLflow keeps itself has the metrics that it logged of its artifacts', async () => {
  const metrics = { 'metrics/val/accuracy': '1700000000000 0.5 10\n1700000000001 0.75 20\n' };
  const id = 'artifacts/checkpoints/ckpt_step_20.pt';
  const manager = await open({ [id]: 'x', 'meta.yaml': 'run_id: ab12', ...metrics });
  expect(manager.version(id)?.metrics).toEqual({ 'val/accuracy': 0.75 });
  // What others keep in a folder of that name are no logs.
  const other = await open({ 'model_step_20.pt': 'x', ...metrics });
  expect(other.version('model_step_20.pt')?.metrics).toEqual({});
});
