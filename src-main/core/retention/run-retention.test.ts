import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { saveModel } from '../catalog/run.fixture.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { writeTorchZip } from '../formats/fixtures/write-torch.ts';
import { ModelManager } from '../model-manager.ts';
import { removedBy } from './plan-with-survivors.ts';
import { bestOnly, models, open, save } from './retained-run.fixture.ts';

test('a plan changes nothing, and applying it does what it said', async () => {
  const run = temporaryFolder();
  for (const version of [1, 2, 3, 4]) saveModel(run, version);
  const manager = await open(run);
  const plan = await manager.planPrune(bestOnly(2));
  expect(models(run)).toHaveLength(4);
  const done = await manager.prune(bestOnly(2), { fingerprint: plan.fingerprint });
  expect(removedBy(done.plan)).toEqual(removedBy(plan));
  expect(models(run)).toHaveLength(2);
});

test('who follows a prune is told of all that it reads, and can end it before anything moves', async () => {
  const run = temporaryFolder();
  for (const version of [1, 2, 3]) saveModel(run, version);
  const manager = await open(run);
  const files: number[] = [];
  const stopped = { signal: AbortSignal.abort(new Error('cancelled')) };
  await expect(manager.prune(bestOnly(2), { reading: stopped })).rejects.toThrow('cancelled');
  expect(existsSync(join(run, '.cairn/log.jsonl'))).toBe(false);
  await manager.prune(bestOnly(2), { reading: { onFound: (count) => files.push(count) } });
  expect(files).toEqual([2]);
});

test.each([
  ['a version that came', (run: string) => void saveModel(run, 9)],
  [
    'a version to be removed that was written again',
    (run: string) => appendFileSync(join(run, 'best_models', models(run).sort()[0] ?? ''), 'x'),
  ],
])('a plan that a person saw is not applied to a run that changed: %s', async (_what, change) => {
  const run = temporaryFolder();
  for (const version of [1, 2, 3]) saveModel(run, version);
  const manager = await open(run);
  const { fingerprint } = await manager.planPrune(bestOnly(1));
  change(run);
  const before = models(run);
  await expect(manager.prune(bestOnly(1), { fingerprint })).rejects.toThrow(
    'the run changed since this plan was made — nothing was moved',
  );
  expect(models(run)).toEqual(before);
  const again = await manager.planPrune(bestOnly(1));
  await manager.prune(bestOnly(1), { fingerprint: again.fingerprint });
  expect(models(run)).toHaveLength(1);
});

test('a survivor that is broken fills no place: the next good one stays', async () => {
  const run = temporaryFolder();
  const ids = [1, 2, 3].map((version) => saveModel(run, version));
  appendFileSync(join(run, ids[2] ?? ''), 'damage');
  const manager = await open(run);
  const { plan } = await manager.prune(bestOnly(1));
  expect(removedBy(plan)).toEqual(new Set([ids[0], ids[2]]));
  expect(plan.decisions.find(({ id }) => id === ids[1])?.reasons[0]).toBe('best #1 by mean_reward');
});

test('max_best_models, the metric and its direction decide what a save leaves', async () => {
  const run = temporaryFolder();
  const manager = await open(run, {
    max_best_models: 2,
    best_model_selection_metric: 'loss',
    best_model_selection_mode: 'min',
  });
  const bytes = writeTorchZip([3]);
  for (const loss of [0.1, 0.9, 0.2, 0.5])
    await manager.saveBestModel({
      source: { chunks: [bytes], size: bytes.length },
      reward: loss,
      metrics: { loss },
    });
  // The newest always stays.
  expect(models(run).map((name) => /reward([\d.]+)_/.exec(name)?.[1])).toEqual([
    '0.1000',
    '0.2000',
    '0.5000',
  ]);
});

test('a metric that is asked for decides who is best, not the one of the run', async () => {
  const run = temporaryFolder();
  const ids = [0.3, 0.1, 0.2].map((loss, index) =>
    saveModel(run, index + 1, { sidecar: { metrics: { mean_reward: index, loss } } }),
  );
  const manager = await open(run);
  const plan = await manager.planPrune(bestOnly(1), { name: 'loss', mode: 'min', source: 'asked' });
  const reasonsOf = (id: string | undefined) => plan.decisions.find((each) => each.id === id)?.reasons;
  expect(reasonsOf(ids[1])).toEqual(['best #1 by loss', 'the best intact version']);
  expect(reasonsOf(ids[2])).toEqual(['the newest intact version']);
  expect(removedBy(plan)).toEqual(new Set([ids[0]]));
});

test('max_best_models 0 keeps everything', async () => {
  const run = temporaryFolder();
  const manager = await open(run, { max_best_models: 0 });
  for (const reward of [3, 2, 1]) await save(manager, reward);
  expect(models(run)).toHaveLength(3);
});

test('a config that leaves open how many are to stay prunes nothing by itself, and says so', async () => {
  const run = temporaryFolder();
  put(run, '.hydra/config.yaml', 'storage: {max_best_models: many, model_prefix: m}');
  for (const version of [1, 2, 3, 4, 5, 6]) saveModel(run, version);
  const { warnings } = await save(await open(run), 0.05);
  expect(warnings.join()).toMatch(
    /nothing was pruned, until this is corrected: \.hydra\/config\.yaml: max_best_models/,
  );
  expect(models(run)).toHaveLength(7);
});

test('a save says which faults of the config it was made with, each once', async () => {
  const run = temporaryFolder();
  put(
    run,
    '.hydra/config.yaml',
    'storage: {max_best_models: many, version_format: "v{number}", model_prefix: m}',
  );
  const { warnings } = await save(await open(run), 0.05);
  expect(warnings).toEqual([
    expect.stringMatching(/^\.hydra\/config\.yaml: version_format: .*; the default counts$/),
    expect.stringMatching(/^nothing was pruned, .* max_best_models/),
  ]);
});

test('a config that changed while the run was open prunes nothing by itself, and says so', async () => {
  const run = temporaryFolder();
  put(run, '.hydra/config.yaml', 'storage: {max_best_models: 3, model_prefix: m}');
  for (const version of [1, 2, 3, 4, 5, 6]) saveModel(run, version);
  const manager = await open(run);
  put(run, '.hydra/config.yaml', 'storage: {max_best_models: 9, model_prefix: m}');
  const { warnings } = await save(manager, 0.05);
  expect(warnings.join()).toMatch(/nothing was pruned, .* max_best_models: it was 3 .* and is 9 now/);
  expect(models(run)).toHaveLength(7);
});

test('what retention moves by itself keeps to the limits of the run’s settings, and each emptying is in the log', async () => {
  const run = temporaryFolder();
  put(run, '.cairn/settings.yaml', 'trash: {max_size: 0, max_age: null}');
  const manager = await open(run, { max_best_models: 1 });
  const first = await save(manager, 1);
  await save(manager, 2);
  expect((await manager.listTrash()).operations).toEqual([]);
  expect(manager.log().map(({ command, ids }) => [command, ids.includes(first.id)])).toEqual([
    ['save', true],
    ['save', false],
    ['prune (retention)', true],
    ['empty trash (its limits)', true],
  ]);
});

test('what a person pruned stays in the trash, whatever the limits', async () => {
  const run = temporaryFolder();
  put(run, '.cairn/settings.yaml', 'trash: {max_size: 0, max_age: 0s}');
  const manager = await open(run);
  const { id } = await save(manager, 1);
  await save(manager, 2);
  await manager.moveToTrash([id]);
  await save(manager, 3);
  expect((await manager.listTrash()).operations.map(({ versions }) => versions)).toEqual([[id]]);
  await manager.undo();
  expect(existsSync(join(run, id))).toBe(true);
});

test('while a prune reads what is to stay, others write', async () => {
  const run = temporaryFolder();
  for (const version of [1, 2, 3]) saveModel(run, version);
  const manager = await open(run);
  const other = new ModelManager(run, { appData: temporaryFolder(), wait: 0 });
  onTestFinished(() => other.close());
  const verify = manager.verify.bind(manager);
  let reads = 0;
  manager.verify = async (...args) => {
    reads += 1;
    // What comes meanwhile is read too, but that is not much.
    if (reads === 1)
      await other.saveCheckpoint({ source: { chunks: [Buffer.from('x')], size: 1 }, reward: 1 });
    await verify(...args);
  };
  await manager.prune(bestOnly(1));
  expect(reads).toBeGreaterThan(0);
  expect(models(run)).toHaveLength(1);
});

test('cleanup applies the run’s own rules', async () => {
  const run = temporaryFolder();
  const ids = [1, 2, 3].map((version) => saveModel(run, version));
  const manager = await open(run, { max_best_models: 1 });
  expect((await manager.cleanup()).sort()).toEqual(ids.slice(0, 2));
  expect(readFileSync(join(run, ids[2] ?? '')).length).toBeGreaterThan(0);
});

test.each(['checkpoints/checkpoint.pt', 'checkpoint.pt'])(
  'what training resumes from stays: %s',
  async (resumed) => {
    const run = temporaryFolder();
    put(run, resumed, writeTorchZip([4]));
    put(run, 'checkpoints/older_v1.pt', writeTorchZip([4]));
    for (const version of [1, 2, 3]) saveModel(run, version);
    const manager = await open(run);
    await manager.prune({ keepBest: 1, keepLatest: null, keepEvery: null, kinds: 'all' });
    expect(existsSync(join(run, resumed))).toBe(true);
    expect(existsSync(join(run, 'checkpoints/older_v1.pt'))).toBe(false);
  },
);

test('another metric than the run’s own decides by its own values', async () => {
  const run = temporaryFolder();
  const manager = await open(run, { max_best_models: 0 });
  const bytes = writeTorchZip([3]);
  for (const [reward, loss] of [
    [3, 0.9],
    [2, 0.1],
    [1, 0.5],
  ] as const)
    await manager.saveBestModel({
      source: { chunks: [bytes], size: bytes.length },
      reward,
      metrics: { loss },
    });
  const rules = { keepBest: 1, keepLatest: null, keepEvery: null, kinds: 'all' } as const;
  const { decisions } = await manager.planPrune(rules, { name: 'loss', mode: 'min', source: 'asked' });
  const best = decisions.filter(({ reasons }) => reasons.includes('best #1 by loss'));
  expect(best.map(({ id }) => manager.version(id)?.reward)).toEqual([2]);
});

test('a plan that is simulated comes to the same as one that is read for, and reads nothing', async () => {
  const run = temporaryFolder();
  for (const version of [1, 2, 3, 4]) saveModel(run, version);
  const manager = await open(run);
  const simulated = manager.simulatePrune(bestOnly(2));
  expect([...manager.versions()].map(({ integrity }) => integrity.checked_at)).toEqual([
    null,
    null,
    null,
    null,
  ]);
  const { decisions, refused } = await manager.planPrune(bestOnly(2));
  expect(simulated).toMatchObject({ decisions, refused });
  const sizes = new Map(manager.versions().map(({ id, file_size_bytes }) => [id, file_size_bytes]));
  const gone = [...removedBy(simulated)].reduce((sum, id) => sum + (sizes.get(id) ?? 0), 0);
  expect(simulated.size).toBe(gone);
  expect(gone).toBeGreaterThan(0);
});

test('a plan, the trash and the history tell one size of the files that go; what the disk gains is another number', async () => {
  const run = temporaryFolder();
  for (const version of [1, 2, 3, 4]) saveModel(run, version);
  const manager = await open(run);
  const plan = await manager.planPrune(bestOnly(2));
  const { moved, operation } = await manager.prune(bestOnly(2));
  const { operations } = await manager.listTrash();
  const [line] = manager.log();
  expect(plan.size).toBeGreaterThan(0);
  expect(moved).toBe(plan.size);
  expect(operations.map(({ id, bytes }) => [id, bytes])).toEqual([[operation, plan.size]]);
  expect(line).toMatchObject({ command: 'prune', bytes: plan.size });
  expect(plan.bytes).not.toBe(plan.size);
});
