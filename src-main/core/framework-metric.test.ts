import { expect, onTestFinished, test } from 'vitest';
import { put, temporaryFolder } from './files/temporary-folder.fixture.ts';
import { ascii } from './formats/fixtures/bytes.ts';
import { pickle, writeTorchZip } from './formats/fixtures/write-torch.ts';
import { writeZip } from './formats/fixtures/write-zip.ts';
import { ModelManager } from './model-manager.ts';

type Plain = string | number | boolean | null | { [key: string]: Plain };

/** As protocol 2 writes plain values; a number as a float. */
function pickled(value: Plain): string {
  if (value === null) return 'N';
  if (typeof value === 'boolean') return value ? '\x88' : '\x89';
  if (typeof value === 'string') return `U${String.fromCharCode(value.length)}${value}`;
  if (typeof value === 'number') {
    const bytes = Buffer.alloc(9, 'G');
    bytes.writeDoubleBE(value, 1);
    return bytes.toString('latin1');
  }
  return `}(${Object.entries(value)
    .map(([key, each]) => pickled(key) + pickled(each))
    .join('')}u`;
}

const saved = (value: string) =>
  writeZip([
    { name: 'archive/data.pkl', data: pickle(value) },
    { name: 'archive/version', data: ascii('3\n') },
  ]);

interface Callback {
  monitor: string;
  mode: 'max' | 'min';
}

/** A checkpoint of Lightning, with what its callbacks go by. */
const lightning = (...callbacks: readonly Callback[]) =>
  saved(
    pickled({
      'pytorch-lightning_version': '2.4.0',
      callbacks: Object.fromEntries(
        callbacks.map(({ monitor, mode }) => [
          `ModelCheckpoint{'monitor': '${monitor}', 'mode': '${mode}', 'every_n_train_steps': 0}`,
          { monitor, best_model_path: '/train/epoch=0-step=10.ckpt' },
        ]),
      ),
    }),
  );

const args = (ranking: Record<string, Plain>) =>
  saved(`ctransformers.training_args\nTrainingArguments\n)\x81${pickled(ranking)}b`);

async function open(run: string): Promise<ModelManager> {
  const manager = new ModelManager(run, { appData: temporaryFolder() });
  onTestFinished(() => manager.close());
  await manager.look();
  return manager;
}

const table = 'step,val_loss,val_acc\n10,0.5,0.9\n20,0.25,0.5\n30,0.75,0.7\n';

function lightningRun(...callbacks: readonly Callback[]): string {
  const run = temporaryFolder();
  for (const [index, step] of [10, 20, 30].entries())
    put(run, `checkpoints/epoch=${index}-step=${step}.ckpt`, lightning(...callbacks));
  put(run, 'metrics.csv', table);
  return run;
}

const byLoss = { monitor: 'val_loss', mode: 'min' } as const;
const byAccuracy = { monitor: 'val_acc', mode: 'max' } as const;

test('where nobody chose otherwise a run of Lightning is ranked by what its first callback goes by', async () => {
  const manager = await open(lightningRun(byLoss, byAccuracy));
  expect(await manager.best()).toMatchObject({ id: 'checkpoints/epoch=1-step=20.ckpt' });
  expect(manager.metric).toEqual({ name: 'val_loss', mode: 'min', source: 'framework' });
  expect(manager.configuredMetric).toEqual(manager.metric);
  expect(manager.badges.best).toBe('checkpoints/epoch=1-step=20.ckpt');
  const other = await open(lightningRun(byAccuracy));
  expect(await other.best()).toMatchObject({ id: 'checkpoints/epoch=0-step=10.ckpt' });
});

test('a person, or the config, goes before the framework', async () => {
  const run = lightningRun(byLoss);
  const manager = await open(run);
  await manager.choose((choices) => ({ ...choices, metric: 'val_acc' }));
  expect(await manager.best()).toMatchObject({ id: 'checkpoints/epoch=0-step=10.ckpt' });
  expect(manager.metric).toEqual({ name: 'val_acc', mode: 'max', source: 'chosen' });
  await manager.choose((choices) => ({ ...choices, metric: null }));
  expect(manager.metric).toEqual({ name: 'val_loss', mode: 'min', source: 'framework' });
  put(run, '.hydra/config.yaml', 'model_storage: {best_model_selection_metric: val_acc}');
  const configured = await open(run);
  expect(await configured.best()).toMatchObject({ id: 'checkpoints/epoch=0-step=10.ckpt' });
  expect(configured.metric).toMatchObject({ name: 'val_acc', source: 'config' });
});

test('where files tell of two, or Cairn keeps the versions, the framework’s is not taken', async () => {
  const run = lightningRun(byLoss);
  put(run, 'checkpoints/epoch=3-step=40.ckpt', lightning(byAccuracy));
  const kept = lightningRun(byLoss);
  put(kept, 'best_models/model_v0001_reward0.5000_20240101_000001.pt', writeTorchZip([1]));
  for (const each of [run, kept]) {
    const manager = await open(each);
    await manager.readOwnRecords();
    expect(manager.metric).toMatchObject({ name: 'mean_reward', source: 'default' });
  }
});

test('a run of Hugging Face’s Trainer is ranked by what its arguments say', async () => {
  const bestBy = async (ranking: Record<string, Plain>) => {
    const run = temporaryFolder();
    const history = [0.5, 0.25, 0.75].map((loss, index) => {
      return { step: 10 * (index + 1), eval_loss: loss, eval_f1: [0.9, 0.5, 0.7][index] };
    });
    for (const { step } of history) {
      const folder = `checkpoint-${step}`;
      put(run, `${folder}/pytorch_model.bin`, writeTorchZip([step]));
      put(run, `${folder}/training_args.bin`, args(ranking));
      put(run, `${folder}/trainer_state.json`, JSON.stringify({ global_step: step, log_history: history }));
    }
    const manager = await open(run);
    const { id } = await manager.best();
    return [id?.split('/')[0], manager.metric.name, manager.metric.mode, manager.metric.source];
  };
  expect(await bestBy({ metric_for_best_model: 'loss', greater_is_better: false })).toEqual([
    ...['checkpoint-20', 'eval_loss', 'min', 'framework'],
  ]);
  expect(await bestBy({ metric_for_best_model: 'eval_f1', greater_is_better: true })).toEqual([
    ...['checkpoint-10', 'eval_f1', 'max', 'framework'],
  ]);
  expect(await bestBy({ metric_for_best_model: 'loss', greater_is_better: null })).toEqual([
    ...[undefined, 'mean_reward', 'max', 'default'],
  ]);
});
