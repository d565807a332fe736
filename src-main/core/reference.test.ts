import { appendFileSync, cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { realDisk } from './files/disk.ts';
import { FaultDisk } from './files/fault-disk.fixture.ts';
import { temporaryFolder } from './files/temporary-folder.fixture.ts';
import {
  type ManagerOptions,
  ModelManager,
  ModelManagerError,
  ModelNotFoundError,
  ModelValidationError,
  type SaveRequest,
  tensorOf,
  torchSource,
  UsageError,
} from './index.ts';

/** The reference's own list of tests, by its names, asked of what `cairn/core` exports. */

function open(run = temporaryFolder(), options: ManagerOptions = {}): ModelManager {
  const manager = new ModelManager(run, { appData: temporaryFolder(), ...options });
  onTestFinished(() => manager.close());
  return manager;
}

async function lookInto(run: string, options?: ManagerOptions): Promise<ModelManager> {
  const manager = open(run, options);
  await manager.look();
  return manager;
}

const state = (reward: number, rest: Partial<SaveRequest> = {}): SaveRequest => ({
  source: torchSource({ model_state_dict: { weight: tensorOf(new Float32Array([reward])) } }),
  reward,
  ...rest,
});

/** The numbers of its versions, lowest first. */
const numbersOf = (manager: ModelManager) =>
  manager
    .versions()
    .flatMap(({ version }) => version ?? [])
    .sort((a, b) => a - b);

/** Everything in the folders of a run. */
const filesOf = (run: string) =>
  readdirSync(run, { recursive: true, encoding: 'utf8' }).filter((name) => !name.startsWith('.cairn'));

describe('directory creation and management', () => {
  test('folders are made where the config has them, when something is saved into them', async () => {
    const run = temporaryFolder();
    const manager = open(run, { config: { best_models_dir: 'kept/best', checkpoint_dir: 'resume' } });
    expect(readdirSync(run)).toEqual([]);
    await manager.saveBestModel(state(0.5));
    expect(readdirSync(run).sort()).toEqual(['.cairn', 'kept']);
    await manager.saveCheckpoint(state(0.5));
    expect(readdirSync(join(run, 'resume')).sort()).toEqual(['checkpoint.json', 'checkpoint.pt']);
  });

  test('beyond max_best_models the worst goes, by the metric of the config, and can be brought back', async () => {
    const config = {
      max_best_models: 2,
      best_model_selection_metric: 'loss',
      best_model_selection_mode: 'min',
    } as const;
    const manager = open(temporaryFolder(), { config });
    for (const loss of [1, 3, 2]) await manager.saveBestModel(state(0.5, { metrics: { loss } }));
    expect(numbersOf(await lookInto(manager.root))).toEqual([1, 3]);
    await manager.undo();
    expect(numbersOf(await lookInto(manager.root))).toEqual([1, 2, 3]);
  });
});

describe('saving and loading', () => {
  test('the best model is the one that is loaded, with where its training stood', async () => {
    const manager = open();
    await manager.saveBestModel(state(0.5, { trainingState: { global_step: 100, best_reward: 0.5 } }));
    await manager.saveBestModel(state(0.25));
    const { state: loaded, warnings, passedOver } = await manager.loadModel('best');
    expect(loaded.metadata).toMatchObject({ version: 1, reward: 0.5 });
    expect(loaded.trainingState).toMatchObject({ global_step: 100, best_reward: 0.5 });
    expect(existsSync(loaded.file.path)).toBe(true);
    expect([warnings, passedOver]).toEqual([[], []]);
    expect((await manager.loadModel('latest')).state.metadata).toMatchObject({ version: 2 });
  });

  test('the checkpoint is the last that was saved, and the one before it is its backup', async () => {
    const manager = open();
    for (const step of [1, 2])
      await manager.saveCheckpoint(state(step, { trainingState: { global_step: step } }));
    const { trainingState, file } = (await manager.loadCheckpoint()).state;
    expect(trainingState).toMatchObject({ global_step: 2 });
    expect(existsSync(`${file.path}.backup`)).toBe(true);
  });
});

describe('version management', () => {
  test('numbers go up, whoever saves, and none is given twice', async () => {
    const run = temporaryFolder();
    const [one, other] = [open(run), open(run)];
    const saved = await Promise.all(
      [0.1, 0.2, 0.3].flatMap((r) => [one, other].map((each) => each.saveBestModel(state(r)))),
    );
    expect(saved.map(({ version }) => version).sort()).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test('a version is found by its number, the best come first, and a NaN never wins', async () => {
    const manager = open();
    for (const reward of [0.5, Number.NaN, 0.75, -0.25]) await manager.saveBestModel(state(reward));
    expect(manager.getModelVersion(4)?.id).toContain('_rewardn0.2500_');
    expect(manager.getModelVersion(9)).toBeNull();
    expect(manager.getBestModels(2).map(({ version }) => version)).toEqual([3, 1]);
    expect(manager.getBestModelInfo()?.reward).toBe(0.75);
  });
});

describe('metadata persistence', () => {
  test('whatever was told of a model is there for the next one who opens the run', async () => {
    const run = temporaryFolder();
    const metadata = {
      symbol: 'ACME',
      notes: 'größer',
      tags: ['candidate'],
      model_config: { hidden: [64] },
      own: 1,
    };
    const metrics = { sharpe: 1.5, curve: [1, Number.NaN] };
    const { id } = await open(run).saveBestModel(state(Number.NEGATIVE_INFINITY, { metrics, metadata }));
    const loaded = (await (await lookInto(run)).loadModel({ id })).state.metadata;
    expect(loaded).toMatchObject({ ...metadata, metrics, reward: Number.NEGATIVE_INFINITY, version: 1 });
  });

  test('without sidecars name and checksum still tell', async () => {
    const run = temporaryFolder();
    const config = { save_metadata: false };
    const { id, checksum } = await open(run, { config }).saveBestModel(state(0.5));
    expect(filesOf(run).filter((name) => name.endsWith('.json'))).toEqual([]);
    expect((await lookInto(run, { config })).version(id)).toMatchObject({
      version: 1,
      reward: 0.5,
      checksum,
    });
  });
});

describe('error handling', () => {
  test('each kind of failure has a class of its own, all of one family, and says what, why and what to do', async () => {
    const manager = open();
    await expect(manager.loadModel('best')).rejects.toThrow(ModelNotFoundError);
    await expect(manager.loadModel({ id: 'none.pt' })).rejects.toThrow(ModelNotFoundError);
    await expect(manager.saveCheckpoint(state(1, { name: '../out.pt' }))).rejects.toThrow(UsageError);
    expect(() => open(join(manager.root, 'nowhere'))).toThrow(UsageError);
    const { id } = await manager.saveBestModel(state(0.5));
    appendFileSync(join(manager.root, id), 'rot');
    const error = await (await lookInto(manager.root)).loadModel({ id }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ModelValidationError);
    expect(error).toBeInstanceOf(ModelManagerError);
    expect((error as ModelManagerError).message.split(' — ')).toHaveLength(3);
  });

  test('a broken file is passed over, and a model whose sidecar is broken is not lost', async () => {
    const run = temporaryFolder();
    const manager = open(run);
    const [good, best] = [await manager.saveBestModel(state(0.5)), await manager.saveBestModel(state(0.9))];
    appendFileSync(join(run, good.id.replace('.pt', '.json')), '{');
    appendFileSync(join(run, best.id), 'rot');
    const { state: loaded, passedOver } = await (await lookInto(run)).loadModel('best');
    expect(loaded.file.id).toBe(good.id);
    expect(passedOver.map(({ id }) => id)).toEqual([best.id]);
  });
});

describe('atomic write safety', () => {
  const checkpointIn = (run: string) => readFileSync(join(run, 'checkpoints/checkpoint.pt'));

  /** Saves over a checkpoint on a disk of which one call fails. @returns what is said, and what has the name then */
  async function saveOver(before: string, call: number) {
    const run = temporaryFolder();
    cpSync(before, run, { recursive: true });
    const disk = new FaultDisk(realDisk, { call, code: 'ENOSPC', forever: false });
    const saving = open(run, { disk }).saveCheckpoint(state(2));
    return { said: await saving.then(() => 'done', String), bytes: checkpointIn(run) };
  }

  function allowedAfter(said: string, old: Buffer, next: Buffer): Buffer[] {
    if (said === 'done') return [next];
    return said.includes('uncertain') ? [old, next] : [old];
  }

  // Every call of every operation is made to fail in operations/faults.test.ts.
  const calls = Array.from({ length: 24 }, (_, index) => 1 + 7 * index);

  test('wherever the disk fails, a save is whole, or has changed nothing, or says that it does not know', {
    timeout: 30_000,
  }, async () => {
    const [before, after] = [temporaryFolder(), temporaryFolder()];
    await open(before).saveCheckpoint(state(1));
    await open(after).saveCheckpoint(state(2));
    for (const call of calls) {
      const { said, bytes } = await saveOver(before, call);
      const allowed = allowedAfter(said, checkpointIn(before), checkpointIn(after));
      expect([call, said, allowed.some((each) => each.equals(bytes))]).toEqual([call, said, true]);
    }
  });
});

describe('backward compatibility', () => {
  const generations = join(import.meta.dirname, '../../e2e/fixtures/generations');

  test.each([
    ['typed', 3, [1, 2, 3, 4, 5, 6], 10],
    ['simple', 3, [1, 2, 3, 4], 5],
    ['oldest', 2, [1, 2, 10, 10_000], 10_001],
  ])(
    'a run of the generation %s opens, and goes on with the next number',
    async (name, best, numbers, next) => {
      const run = temporaryFolder();
      cpSync(join(generations, name), run, { recursive: true });
      const manager = await lookInto(run);
      const found = manager.versions().flatMap(({ version }) => version ?? []);
      expect(found.sort((a, b) => a - b)).toEqual(numbers);
      const { state: loaded } = await manager.loadModel('best');
      expect(loaded.metadata.version).toBe(best);
      const { version } = await manager.saveBestModel(state(0, { prune: false }));
      // Of the first a save of number 9 was cut off.
      expect(version).toBe(next);
    },
  );
});
