import {
  cpSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { defaultStorageConfig } from '../../../shared/model/storage-config.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { findWhatIsNamed } from '../find-what-is-named.ts';
import { writeTorchZip } from '../formats/fixtures/write-torch.ts';
import { ModelManager } from '../model-manager.ts';
import { RunReader } from '../run-reader.ts';
import { Catalog } from './catalog.ts';
import { withFoundFolders } from './layouts/found-folders.ts';
import { foldersHolding, innerFolderOf, mayBeVersion } from './version-folders.ts';

const layouts = join(import.meta.dirname, '../../../e2e/fixtures/layouts');

/** A copy of the run that the Trainer of Hugging Face wrote. */
function trainerRun(): string {
  const run = join(temporaryFolder(), 'run');
  cpSync(join(layouts, 'huggingface'), run, { recursive: true });
  return run;
}

async function open(run: string): Promise<RunReader> {
  const reader = new RunReader(run, { appData: temporaryFolder() });
  onTestFinished(() => reader.close());
  await reader.look();
  return reader;
}

test('a folder that is a version is one row: its size is that of all its files, and all of them go with it', async () => {
  const run = trainerRun();
  const reader = await open(run);
  expect([...reader.list()].map(({ id }) => id).sort()).toEqual([
    'checkpoint-1000/model.safetensors.index.json',
    'checkpoint-1250/model.safetensors.index.json',
    'checkpoint-1500/pytorch_model.bin',
    'checkpoint-2000/model.safetensors',
    'checkpoint-500/model.safetensors',
  ]);
  const { file_size_bytes, companions, version } = reader.describe('checkpoint-500/model.safetensors');
  expect([version, file_size_bytes]).toEqual([500, 2241]);
  expect(companions).toEqual(
    ['config.json', 'optimizer.pt', 'rng_state.pth', 'scheduler.pt', 'trainer_state.json'].map(
      (name) => `checkpoint-500/${name}`,
    ),
  );
});

describe('weights that were saved to be used, beside checkpoints of the Trainer', () => {
  const put = (run: string, folder: string, from: string, ...names: string[]) => {
    for (const name of names) cpSync(join(run, from, name), join(run, folder, name));
    writeFileSync(join(run, folder, 'tokenizer.json'), '{}');
  };
  const shards = ['model-00001-of-00002.safetensors', 'model-00002-of-00002.safetensors'];

  test('are one version, whatever their folder is called', async () => {
    const run = trainerRun();
    put(run, 'wikitext-103', 'checkpoint-500', 'config.json', 'model.safetensors');
    put(run, 'llama-3.1-sft', 'checkpoint-1000', 'config.json', 'model.safetensors.index.json', ...shards);
    put(run, 'half-of-it', 'checkpoint-1000', 'config.json', 'model.safetensors.index.json', ...shards);
    rmSync(join(run, 'half-of-it', shards[0] ?? ''));
    const reader = await open(run);
    expect(reader.describe('wikitext-103/model.safetensors')).toMatchObject({
      ...{ kind: 'checkpoint', version: null, step: null },
      companions: ['wikitext-103/config.json', 'wikitext-103/tokenizer.json'],
    });
    expect(reader.describe('llama-3.1-sft/model.safetensors.index.json').companions).toHaveLength(4);
    expect(reader.version('half-of-it/model.safetensors.index.json')?.integrity).toMatchObject({
      state: 'torn',
      detail: `${shards[0]} is missing`,
    });
    expect([...reader.list()]).toHaveLength(8);
  });

  test('are a run of their own once something is kept there, and so is one that has checkpoints', async () => {
    const run = trainerRun();
    put(run, 'own', 'checkpoint-500', 'config.json', 'model.safetensors');
    mkdirSync(join(run, 'own/.cairn'));
    put(run, 'other', 'checkpoint-500', 'config.json', 'model.safetensors');
    cpSync(join(run, 'checkpoint-500'), join(run, 'other/checkpoint-500'), { recursive: true });
    expect([...(await open(run)).list()]).toHaveLength(5);
  });

  test('come while the run is followed', () => {
    const run = trainerRun();
    const catalog = new Catalog(run, withFoundFolders(run, defaultStorageConfig));
    for (const _change of catalog.reconcile());
    put(run, 'mine', 'checkpoint-500', 'config.json', 'model.safetensors');
    expect(catalog.refresh(['mine']).changed.map(({ record }) => record.id)).toEqual([
      'mine/model.safetensors',
    ]);
    rmSync(join(run, 'mine'), { recursive: true });
    expect(catalog.refresh(['mine']).removed).toEqual(['mine/model.safetensors']);
  });

  test('are opened as that version of the run by the path of their folder', () => {
    const run = realpathSync(trainerRun());
    put(run, 'mine', 'checkpoint-500', 'config.json', 'model.safetensors');
    expect(findWhatIsNamed(join(run, 'mine'))).toEqual({
      kind: 'run',
      root: run,
      id: 'mine/model.safetensors',
    });
  });
});

test('one that is incomplete says what is missing, and is neither best nor latest', async () => {
  const run = trainerRun();
  for (const file of readdirSync(run, { recursive: true, encoding: 'utf8' }))
    utimesSync(join(run, file), 1, 1);
  const reader = await open(run);
  const integrity = (id: string) => reader.version(id)?.integrity;
  expect(integrity('checkpoint-2000/model.safetensors')).toMatchObject({
    state: 'torn',
    detail: 'no trainer_state.json: the save was not finished',
  });
  expect(reader.badges.latest).toBe('checkpoint-1500/pytorch_model.bin');
});

test('one that is incomplete shows nothing that was measured of what was saved before it', async () => {
  const run = trainerRun();
  const manager = new ModelManager(run, { appData: temporaryFolder() });
  onTestFinished(() => manager.close());
  await manager.look();
  const metrics = (id: string) => manager.version(id)?.metrics;
  expect(metrics('checkpoint-1500/pytorch_model.bin')).toMatchObject({ loss: 1, epoch: 3 });
  expect(metrics('checkpoint-2000/model.safetensors')).toEqual({});
  expect(metrics('checkpoint-1250/model.safetensors.index.json')).toEqual({});
});

test('a folder of Orbax has what its metrics item says, and a fault of that is told', async () => {
  const run = join(temporaryFolder(), 'run');
  cpSync(join(layouts, 'orbax'), run, { recursive: true });
  put(run, '1/metrics/metrics', '{"accuracy": 0.25}');
  put(run, '10/metrics/metrics', '{"loss":');
  const manager = new ModelManager(run, { appData: temporaryFolder() });
  onTestFinished(() => manager.close());
  await manager.look();
  expect(manager.version('1/_CHECKPOINT_METADATA')?.metrics).toMatchObject({ loss: 0.5, accuracy: 0.25 });
  expect(manager.version('10/_CHECKPOINT_METADATA')?.problems).toEqual([
    expect.stringMatching(/^its metrics\/metrics cannot be read/),
  ]);
});

test('a folder of Orbax that lacks the file about all of it is listed, and says what is missing', async () => {
  const run = join(temporaryFolder(), 'run');
  cpSync(join(layouts, 'orbax'), run, { recursive: true });
  rmSync(join(run, '10/_CHECKPOINT_METADATA'));
  const manager = new ModelManager(run, { appData: temporaryFolder() });
  onTestFinished(() => manager.close());
  await manager.look();
  const id = '10/default/_METADATA';
  expect(manager.version(id)).toMatchObject({
    ...{ version: 10, step: 10, file_size_bytes: 127 },
    integrity: { state: 'torn', detail: '_CHECKPOINT_METADATA is missing' },
  });
  expect(manager.describe(id).companions).toEqual([
    '10/default/d/0123456789abcdef',
    '10/default/manifest.ocdbt',
  ]);
  expect(manager.badges.latest).toBe('1/_CHECKPOINT_METADATA');
  await manager.moveToTrash([id]);
  expect(readdirSync(run)).not.toContain('10');
  await manager.undo(null);
  await manager.look();
  expect(manager.version(id)?.file_size_bytes).toBe(127);
});

test('a version whose main file is in a folder in it is sealed whole', async () => {
  const run = join(temporaryFolder(), 'run');
  for (const name of ['state/_METADATA', 'state/a.b/.zarray']) put(run, `9/${name}`, '{"a":1}');
  const manager = new ModelManager(run, { appData: temporaryFolder() });
  onTestFinished(() => manager.close());
  const sealed = await manager.seal();
  expect(sealed.map(({ id }) => id).sort()).toEqual(['9/state/_METADATA', '9/state/a.b/.zarray']);
});

test('what is listed anew when it is asked for is what was listed', async () => {
  const reader = await open(trainerRun());
  const light = new RunReader(reader.root, { appData: temporaryFolder() });
  await light.look({ withTexts: false });
  for (const { id } of reader.list()) expect(light.version(id)).toEqual(reader.version(id));
});

test('no link in it is followed, and what is no file in it is told', async () => {
  const run = trainerRun();
  const elsewhere = temporaryFolder();
  put(elsewhere, 'large.bin', 'x'.repeat(1000));
  symlinkSync(elsewhere, join(run, 'checkpoint-500/more'));
  symlinkSync(join(elsewhere, 'large.bin'), join(run, 'checkpoint-500/optimizer.bin'));
  symlinkSync(join(run, 'checkpoint-500'), join(run, 'checkpoint-600'));
  const reader = await open(run);
  expect(reader.version('checkpoint-500/model.safetensors')?.file_size_bytes).toBe(2241);
  expect([...reader.list()].filter(({ id }) => id.startsWith('checkpoint-600'))).toEqual([]);
  const told = reader.problems.map(({ path }) => path);
  expect(told).toContain('checkpoint-500/optimizer.bin');
  expect(told).toContain('checkpoint-500/more');
});

test('a folder that holds more than is looked into is no version, and says so', async () => {
  const run = temporaryFolder();
  put(run, 'checkpoint_1/model.zip', writeTorchZip([1]));
  put(run, `checkpoint_1/${'deep/'.repeat(9)}x`, '');
  put(run, 'checkpoint_2/model.zip', writeTorchZip([1]));
  const reader = await open(run);
  expect([...reader.list()].map(({ id }) => id)).toEqual(['checkpoint_2/model.zip']);
  expect(reader.problems).toEqual([
    {
      path: 'checkpoint_1',
      problem: 'more than 10,000 files, or folders more than 8 deep: this folder is not taken for a version',
    },
  ]);
});

test('folders that hold something else are no versions, whatever they are called', async () => {
  const run = temporaryFolder();
  put(run, 'a.pt', writeTorchZip([1]));
  put(run, 'checkpoint-1/notes.txt', '');
  put(run, 'version_0/metrics.csv', '');
  put(run, 'ppo_1/best_models/model_v1_reward1.pt', '');
  mkdirSync(join(run, 'checkpoint-2'));
  const reader = await open(run);
  expect([...reader.list()].map(({ id }) => id)).toEqual(['a.pt']);
  expect(reader.problems).toEqual([]);
});

test.each([
  ...['checkpoint-500', 'checkpoint_000010', '1000', 'step_7', 'saved_model', 'export'],
  ...['model_v0001_reward0.1214_20260302_094200', 'model_v0002_rewardn0.1214_20260302_094200'],
])('a folder called %s may be a version', (name) => expect(mayBeVersion(name)).toBe(true));

test.each([
  'model_v0001_reward0.5_20240101_000001.pt',
  'rl_model_1000_steps.zip',
  'logs',
  'a.b-1',
  '.git',
  'x_reward0.5000_a.h5',
])('%s is not even looked at', (name) => expect(mayBeVersion(name)).toBe(false));

test('a file lies in a folder of the run, or in one in it that may be a version', () => {
  const of = (id: string) => innerFolderOf(id, defaultStorageConfig);
  expect([of('a.pt'), of('best_models/a.pt'), of('checkpoint_p0/milestones/a.pth')]).toEqual([
    null,
    null,
    null,
  ]);
  expect(of('checkpoint-5/a.pt')).toBe('checkpoint-5');
  expect(of('checkpoint-5/inner/a.pt')).toBe('checkpoint-5');
  expect(of('checkpoints/checkpoint_5/inner/a.pt')).toBe('checkpoints/checkpoint_5');
});

test('the folders of files are those on the way to them, and the one that all are in', () => {
  expect([...foldersHolding(['a', 'b/c/d', 'b/e'])].sort()).toEqual(['', 'b', 'b/c']);
});

test('every folder in which something may happen to a version is told, those too that hold nothing yet', () => {
  const run = temporaryFolder();
  put(run, 'checkpoint_1/model.zip', 'x');
  mkdirSync(join(run, 'checkpoint_1/inner/deep'), { recursive: true });
  mkdirSync(join(run, 'checkpoint_2'));
  const catalog = new Catalog(run, defaultStorageConfig);
  for (const _change of catalog.reconcile());
  const told = catalog.folders.filter((path) => /^checkpoint_\d/.test(path));
  expect(told).toEqual(['checkpoint_1', 'checkpoint_1/inner', 'checkpoint_1/inner/deep', 'checkpoint_2']);
});

test('What is shown is what is there: a folder that is a version is listed when it comes, is written until its last file is there, and is gone with it', async () => {
  const run = join(temporaryFolder(), 'run');
  cpSync(join(layouts, 'huggingface/checkpoint-500'), join(run, 'checkpoint-500'), { recursive: true });
  const reader = new RunReader(run, { appData: temporaryFolder() });
  onTestFinished(() => reader.close());
  const until = (holds: () => boolean) => expect.poll(holds, { timeout: 15_000, interval: 20 }).toBe(true);
  reader.follow();
  const state = (id: string) => reader.listed(id)?.state;
  await until(() => state('checkpoint-500/model.safetensors') === 'unsealed');
  const id = 'checkpoint-1000/model.safetensors.index.json';
  mkdirSync(join(run, 'checkpoint-1000'));
  const from = join(layouts, 'huggingface/checkpoint-1000');
  const first = ['config.json', 'model-00001-of-00002.safetensors', 'model.safetensors.index.json'];
  for (const name of first) cpSync(join(from, name), join(run, 'checkpoint-1000', name));
  await until(() => state(id) === 'writing');
  await until(() => state(id) === 'torn');
  expect(reader.version(id)?.integrity.detail).toBe('model-00002-of-00002.safetensors is missing');
  cpSync(from, join(run, 'checkpoint-1000'), { recursive: true });
  await until(() => state(id) === 'unsealed');
  expect(reader.version(id)?.file_size_bytes).toBe(2605);
  rmSync(join(run, 'checkpoint-1000'), { recursive: true });
  await until(() => reader.listed(id) === undefined);
});

test('a link to a folder that is not in the run, in the place of a version, is not followed, and is told', async () => {
  const run = trainerRun();
  cpSync(join(run, 'checkpoint-500'), join(run, '../outside/checkpoint-900'), { recursive: true });
  for (const name of ['checkpoint-900', 'notes']) symlinkSync('../outside/checkpoint-900', join(run, name));
  symlinkSync('checkpoint-500', join(run, 'best'));
  symlinkSync('nowhere', join(run, 'checkpoint-901'));
  const reader = await open(run);
  expect([...reader.list()].filter(({ id }) => /90\d|best/.test(id))).toEqual([]);
  const told = reader.problems.filter(({ path }) => /90\d|best|notes/.test(path));
  const problem =
    'a symbolic link to ../outside/checkpoint-900, outside the run: it is not followed; put a copy here instead';
  expect(told).toEqual([{ path: 'checkpoint-900', problem }]);
});
