import { cpSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { put, temporaryFolder } from './files/temporary-folder.fixture.ts';
import { hostileFiles } from './formats/fixtures/hostile-pickles.ts';
import { type Said, writeTorchNotes } from './formats/fixtures/write-notes.ts';
import { ModelManager } from './model-manager.ts';
import { removedBy } from './retention/plan-with-survivors.ts';

const sample = join(import.meta.dirname, '../../build/sample-run/run');
const soon = { timeout: 15_000, interval: 50 };
const config = { best_model_selection_metric: 'sharpe' };

async function open(run: string, own = config): Promise<ModelManager> {
  const manager = new ModelManager(run, { appData: temporaryFolder(), config: own });
  onTestFinished(() => manager.close());
  await manager.look();
  return manager;
}

/** Puts a model without a sidecar into a run, as if it had been there for long. */
function putBare(run: string, name: string, said: Said): string {
  const id = `best_models/${name}.pt`;
  utimesSync(put(run, id, writeTorchNotes(said)), 1000, 1000);
  return id;
}

function removeSidecars(run: string): void {
  for (const name of readdirSync(run, { recursive: true, encoding: 'utf8' }))
    if (name.endsWith('.json')) rmSync(join(run, name));
}

const sharpe = (value: number, rest: Said = {}): Said => ({
  metadata: { metrics: { sharpe: value }, ...rest },
});

describe('a version without a usable sidecar', () => {
  test('whose name gives another version or reward than what it holds says so, and the name counts', async () => {
    const run = temporaryFolder();
    const said = { metadata: { version: 11, reward: 0.434_62 } };
    const id = putBare(run, 'model_v0003_reward9.0000', said);
    const agreed = putBare(run, 'model_v0011_reward0.4346', said);
    const manager = await open(run);
    await manager.readOwnRecords();
    expect(manager.version(id)).toMatchObject({ version: 3, reward: 9, metadata_source: 'contents' });
    expect(manager.version(id)?.problems).toEqual([
      'its name and its contents give different versions: 3 in the name, 11 in the contents',
      'its name and its contents give different rewards: 9 in the name, 0.43462 in the contents',
    ]);
    expect(manager.version(agreed)).toMatchObject({ version: 11, reward: 0.434_62, problems: [] });
  });

  test('that was saved without one has the version and reward of its save', async () => {
    const run = temporaryFolder();
    const weights = writeTorchNotes({ metadata: { version: 11, reward: 0.434_62 } });
    const manager = new ModelManager(run, { appData: temporaryFolder(), config: { save_metadata: false } });
    onTestFinished(() => manager.close());
    const source = { chunks: [weights], size: weights.length };
    const { id } = await manager.saveBestModel({ source, reward: 1, prune: false });
    await manager.look();
    await manager.readOwnRecords();
    expect(manager.version(id)).toMatchObject({ version: 1, reward: 1 });
  });

  test('is described by its file as its sidecar described it, in every whole file of the sample run', async () => {
    const run = join(temporaryFolder(), 'run');
    cpSync(sample, run, { recursive: true });
    const before = await open(run);
    removeSidecars(run);
    const after = await open(run);
    await after.checkStructures();
    const pairs = before.versions().flatMap((described) => {
      const bare = after.version(described.id);
      const isWhole = described.metadata_source === 'sidecar' && bare?.integrity.state === 'unsealed';
      return isWhole ? [{ described, bare }] : [];
    });
    expect(pairs.length).toBeGreaterThanOrEqual(20);
    for (const { described, bare } of pairs) {
      const { reward, metrics, timestamp, symbol, version } = described;
      const step = described.step ?? bare.training_state?.['global_step'];
      const told = { reward, metrics, timestamp, symbol, version, step };
      expect(bare).toMatchObject({ ...told, metadata_source: 'contents', problems: [] });
    }
  });

  test('is known by its name alone until its file was read; then the name fills what that lacks', async () => {
    const run = temporaryFolder();
    const said = {
      timestamp: 1.7e9,
      training_state: { global_step: 64, global_episode: 3 },
      metadata: { symbol: 'ES', tags: ['a'] },
    };
    const id = putBare(run, 'model_v0007_reward0.5000_20240101_000000', said);
    const manager = await open(run);
    const named = { version: 7, reward: 0.5, timestamp: '20240101_000000' };
    expect(manager.version(id)).toMatchObject({ ...named, step: null, metadata_source: 'file_name' });
    await manager.readOwnRecords();
    const own = { step: 64, episode: 3, symbol: 'ES', tags: ['a'], metadata_source: 'contents' };
    expect(manager.version(id)).toMatchObject({ ...named, ...own, training_state: said.training_state });
    expect(manager.row(id)).toMatchObject({ ...named, ...own });
  });

  test('has the metrics that a plain loop put beside the state of its model', async () => {
    const run = temporaryFolder();
    const state = { epoch: 3, model_state_dict: {}, lr: 0.001, best_loss: 0.1, seed: 7 };
    const id = putBare(run, 'epoch3', { ...state, val_loss: 0.25, reward: 2, metrics: { sharpe: 1.5 } });
    const loose = putBare(run, 'epoch4', { ...state, sharpe: 2.5, reward: 0.5 });
    const manager = await open(run);
    await manager.readOwnRecords();
    const metrics = { val_loss: 0.25, sharpe: 1.5 };
    expect(manager.version(id)).toMatchObject({ reward: 2, metadata_source: 'contents', metrics });
    for (const setting of ['lr', 'seed', 'best_loss', 'reward'])
      expect(manager.version(id)?.metrics).not.toHaveProperty(setting);
    expect(manager.version(loose)).toMatchObject({ reward: 0.5, metrics: { sharpe: 2.5 } });
    expect((await manager.best()).id).toBe(loose);
  });

  test('has none of numbers that stand at the top of anything else', async () => {
    const run = temporaryFolder();
    const id = putBare(run, 'epoch3', { epoch: 3, val_loss: 0.25 });
    const manager = await open(run);
    await manager.readOwnRecords();
    expect(manager.version(id)?.metrics ?? {}).not.toHaveProperty('val_loss');
  });

  test('keeps its broken sidecar among its problems', async () => {
    const run = temporaryFolder();
    const id = putBare(run, 'model_v0001_reward0.5000_20240101_000000', sharpe(2));
    writeFileSync(join(run, id.replace('.pt', '.json')), '{"reward": ');
    const manager = await open(run);
    await manager.readOwnRecords();
    expect(manager.version(id)).toMatchObject({
      metadata_source: 'contents',
      metrics: { sharpe: 2 },
      problems: [expect.stringMatching(/^its sidecar is not valid JSON/)],
    });
  });

  test('is not believed about its own size and checksum', async () => {
    const run = temporaryFolder();
    const claims = { reward: 1, checksum: 'a'.repeat(64), file_size_bytes: 5, file_size: 6 };
    const id = putBare(run, 'a', { metadata: claims });
    const manager = await open(run);
    await manager.readOwnRecords();
    expect(manager.version(id)).toMatchObject({
      reward: 1,
      checksum: null,
      integrity: { state: 'unsealed' },
    });
    expect((await manager.latest()).id).toBe(id);
  });

  test('loses values of the wrong type, and says which; the others count', async () => {
    const run = temporaryFolder();
    const id = putBare(run, 'a', {
      metadata: { reward: 'high', tags: 7, symbol: 'ES' },
      training_state: [1],
    });
    const manager = await open(run);
    await manager.readOwnRecords();
    expect(manager.version(id)).toMatchObject({ reward: null, tags: [], symbol: 'ES', training_state: null });
    expect(manager.version(id)?.problems.sort()).toEqual(
      ['reward', 'tags', 'training_state'].map((key) =>
        expect.stringMatching(new RegExp(`^its own record's ${key} cannot be used: `)),
      ),
    );
  });

  test('has its own keys as names, whatever they are called', async () => {
    const run = temporaryFolder();
    const metrics = { ['__proto__']: 1, constructor: 2, sharpe: 3 };
    const id = putBare(run, 'a', { metadata: { metrics } });
    const manager = await open(run);
    await manager.readOwnRecords();
    expect(Object.entries(manager.version(id)?.metrics ?? {})).toEqual(Object.entries(metrics));
    expect(Object.getPrototypeOf(manager.version(id)?.metrics)).toBe(Object.prototype);
  });

  test('that says more than is kept of it is known by its name', async () => {
    const run = temporaryFolder();
    const notes = Array.from({ length: 40 }, () => 'x'.repeat(30_000));
    const id = putBare(run, 'a', { metadata: { reward: 1, tags: notes } });
    const manager = await open(run);
    await manager.readOwnRecords();
    expect(manager.version(id)).toMatchObject({
      reward: null,
      metadata_source: 'none',
      problems: ['its own record says more than is kept of it'],
    });
  });
});

test('a zip of stable-baselines3 tells the step it was saved at', async () => {
  const run = temporaryFolder();
  const zip = readFileSync(join(import.meta.dirname, '../../e2e/fixtures/formats/sb3.zip'));
  put(run, 'checkpoints/rl_model_9_steps.zip', zip);
  const manager = await open(run);
  await manager.readOwnRecords();
  const version = manager.version('checkpoints/rl_model_9_steps.zip');
  expect(version).toMatchObject({ metadata_source: 'contents', problems: [] });
  expect(version?.step).toBe(version?.training_state?.['num_timesteps']);
});

test('best and latest are found among files that say so themselves, whatever they are called', async () => {
  const run = temporaryFolder();
  const said = (value: number, timestamp: string) => sharpe(value, { timestamp });
  const newest = putBare(run, 'a', said(1, '2024-01-03T00:00:00'));
  const best = putBare(run, 'b', said(3, '2024-01-01T00:00:00'));
  putBare(run, 'c', said(2, '2024-01-02T00:00:00'));
  const manager = await open(run);
  expect([(await manager.best()).id, (await manager.latest()).id]).toEqual([best, newest]);
  expect(manager.version(best)?.is_best).toBe(true);
  expect(await (await open(run)).latest()).toMatchObject({ id: newest, passedOver: [] });
});

test('hostile files beside good ones cost themselves what they say, and say why', async () => {
  const run = temporaryFolder();
  const good = putBare(run, 'good', sharpe(1));
  for (const [at, { bytes }] of hostileFiles.entries()) put(run, `best_models/hostile_${at}.pt`, bytes);
  const manager = await open(run);
  await manager.checkStructures();
  expect(manager.version(good)).toMatchObject({ metrics: { sharpe: 1 }, metadata_source: 'contents' });
  for (const { id, metrics, problems, integrity } of manager.versions()) {
    if (id === good) continue;
    expect([id, metrics]).toEqual([id, {}]);
    for (const problem of problems)
      expect([id, problem]).toEqual([id, expect.stringMatching(/^its own record/)]);
    expect(['unsealed', 'torn']).toContain(integrity.state);
  }
  expect((await manager.best()).id).toBe(good);
});

test('pruning keeps what a person sees to be best, who sees what files say of themselves', async () => {
  const run = temporaryFolder();
  // By their names the other way round.
  const ids = [1, 2, 3, 4].map((version) =>
    putBare(run, `model_v000${version}_reward0.${version}000_20240101_00000${version}`, sharpe(9 - version)),
  );
  const watched = await open(run);
  watched.follow();
  await vi.waitFor(() => expect(watched.version(ids[0] ?? '')?.is_best).toBe(true), soon);
  const rules = { keepBest: 2, keepLatest: null, keepEvery: null, kinds: 'best' as const };
  const plan = await (await open(run)).planPrune(rules);
  expect([...removedBy(plan)]).toEqual([ids[2]]);
  expect(plan.decisions.find(({ id }) => id === ids[0])?.reasons).toContain('best #1 by sharpe');
  expect((await watched.planPrune(rules)).fingerprint).toBe(plan.fingerprint);
  const seen = watched.versions().map(({ id, metrics }) => [id, metrics['sharpe']]);
  expect(seen.sort()).toEqual(ids.map((id, at) => [id, 8 - at]));
});

test('a run that is followed is read once its files have said what they have to say', async () => {
  const run = temporaryFolder();
  const id = putBare(run, 'model', sharpe(1));
  const manager = new ModelManager(run, { appData: temporaryFolder(), config });
  onTestFinished(() => manager.close());
  expect(manager.isAllRead).toBe(false);
  manager.follow();
  await vi.waitFor(() => expect(manager.isAllRead).toBe(true), soon);
  expect(manager.version(id)?.metrics).toEqual({ sharpe: 1 });
});

test('a run that is followed tells what files say of themselves, and not of what is still coming', async () => {
  const run = temporaryFolder();
  const id = putBare(run, 'a', sharpe(1));
  const manager = await open(run);
  const told: unknown[] = [];
  manager.subscribe((event) => {
    if (event.type === 'versions' && event.changed.includes(id)) told.push(manager.row(id)?.metadata_source);
  });
  manager.follow();
  await vi.waitFor(() => expect(told.at(-1)).toBe('contents'), soon);
  // What touches the listing alone leaves the record as it is.
  put(run, `${id}.backup`, 'x');
  await vi.waitFor(() => expect(manager.version(id)?.backups).toBe(1), soon);
  expect(told.lastIndexOf('none')).toBeLessThan(told.indexOf('contents'));
  writeFileSync(join(run, id), writeTorchNotes(sharpe(2)));
  await vi.waitFor(() => expect(manager.version(id)?.metadata_source).toBe('none'), soon);
  await vi.waitFor(() => expect(manager.version(id)?.metrics).toEqual({ sharpe: 2 }), soon);
  put(run, id.replace('.pt', '.json'), JSON.stringify({ version: 3, reward: 4 }));
  await vi.waitFor(
    () => expect(manager.version(id)).toMatchObject({ metadata_source: 'sidecar', metrics: {} }),
    soon,
  );
});

test('a model without a sidecar is loaded with the training state that its file holds', async () => {
  const run = temporaryFolder();
  const said = { training_state: { global_step: 64 }, ...sharpe(2, { reward: 0.5, version: 7 }) };
  put(run, 'checkpoints/checkpoint.pt', writeTorchNotes(said));
  const { state, warnings } = await (await open(run)).loadCheckpoint();
  expect(state).toMatchObject({
    metadata: { version: 7, reward: 0.5, metrics: { sharpe: 2 } },
    trainingState: { global_step: 64 },
  });
  expect(warnings).toEqual([]);
});
