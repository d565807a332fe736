import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { withDirection } from '../../../shared/model/metric.ts';
import { noReturnFacts, type RunChoices } from '../../../shared/model/run-choices.ts';
import { saveModel } from '../catalog/run.fixture.ts';
import { put, temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { writeTorchZip } from '../formats/fixtures/write-torch.ts';
import { ModelManager } from '../model-manager.ts';
import type { RunEvent } from '../run-reader.ts';

const file = '.cairn/choices.json';

/** Three models of which the first has the best reward, the second the best Sharpe ratio and the least loss, the third the highest loss. */
function makeRun(config = 'model_storage: {max_best_models: 1}'): { run: string; ids: string[] } {
  const run = temporaryFolder();
  put(run, '.hydra/config.yaml', config);
  const ids = [
    { mean_reward: 3, sharpe: 1, loss: 0.2 },
    { mean_reward: 2, sharpe: 9, loss: 0.1 },
    { mean_reward: 1, sharpe: 5, loss: 0.9 },
  ].map((metrics, index) => saveModel(run, index + 1, { sidecar: { metrics } }));
  return { run, ids };
}

async function open(run: string, appData = temporaryFolder()): Promise<ModelManager> {
  const manager = new ModelManager(run, { appData });
  onTestFinished(() => manager.close());
  await manager.look();
  return manager;
}

const bySharpe = (choices: RunChoices): RunChoices => ({ ...choices, metric: 'sharpe' });
const bestOf = (manager: ModelManager) => manager.versions().find(({ is_best }) => is_best)?.id;
const keepOne = { keepBest: 1, keepLatest: null, keepEvery: null, kinds: 'best' } as const;

test('a metric that a person chose ranks the run at once, in every view of it, and when it is opened again', async () => {
  const { run, ids } = makeRun();
  const manager = await open(run);
  const events: RunEvent[] = [];
  manager.subscribe((event) => events.push(event));
  expect(bestOf(manager)).toBe(ids[0]);
  await manager.choose(bySharpe);
  expect(manager.metric).toEqual({ name: 'sharpe', mode: 'max', source: 'chosen' });
  expect([bestOf(manager), (await manager.best()).id, manager.getBestModelInfo()?.id]).toEqual(
    Array(3).fill(ids[1]),
  );
  expect(events).toContainEqual({ type: 'chosen' });
  expect(events).toContainEqual({ type: 'versions', changed: [ids[0], ids[1]], removed: [] });
  const again = await open(run);
  expect([again.metric, bestOf(again)]).toEqual([manager.metric, ids[1]]);
  expect(JSON.parse(readFileSync(join(run, file), 'utf8'))).toEqual({
    format: 1,
    metric: 'sharpe',
    directions: [],
    returns: noReturnFacts,
  });
  await again.choose((choices) => ({ ...choices, metric: null }));
  expect([again.metric.source, bestOf(again)]).toEqual(['config', ids[0]]);
});

test('a version that comes later is ranked by what was chosen', async () => {
  const { run } = makeRun();
  const manager = await open(run);
  await manager.choose(bySharpe);
  const id = saveModel(run, 4, { sidecar: { metrics: { mean_reward: -1, sharpe: 10 } } });
  await manager.look();
  expect(bestOf(manager)).toBe(id);
});

test('a direction is chosen alone or with its metric', async () => {
  const { run, ids } = makeRun();
  const manager = await open(run);
  await manager.choose((choices) => withDirection(choices, 'reward', 'min'));
  expect([manager.metric, bestOf(manager)]).toEqual([
    { name: 'mean_reward', mode: 'min', source: 'chosen' },
    ids[2],
  ]);
  // A loss is better when it is smaller, as its name says.
  await manager.choose((choices) => ({ ...choices, metric: 'loss' }));
  expect(bestOf(manager)).toBe(ids[1]);
  await manager.choose((choices) => withDirection(choices, 'loss', 'max'));
  expect(bestOf(manager)).toBe(ids[2]);
});

test('the plan, and what a save prunes by itself, go by what was chosen, also by another process', async () => {
  const { run, ids } = makeRun();
  const [window, trainer] = [await open(run), await open(run)];
  const before = await window.planPrune(keepOne);
  await window.choose(bySharpe);
  await expect(window.prune(keepOne, { fingerprint: before.fingerprint })).rejects.toThrow('the run changed');
  const { decisions } = await window.planPrune(keepOne);
  expect(decisions.find(({ id }) => id === ids[1])?.reasons).toContain('best #1 by sharpe');
  const bytes = writeTorchZip([3]);
  const saved = await trainer.saveBestModel({
    source: { chunks: [bytes], size: bytes.length },
    reward: 99,
    metrics: { sharpe: 2 },
  });
  expect(saved.pruned.sort()).toEqual([ids[0], ids[2]].sort());
  expect(readdirSync(join(run, 'best_models')).filter((name) => name.endsWith('.pt'))).toHaveLength(2);
});

test('what two people decide at once is kept, both', async () => {
  const { run } = makeRun();
  const [one, other] = [await open(run), await open(run)];
  await one.choose(bySharpe);
  await other.choose((choices) => ({ ...choices, returns: { ...choices.returns, periods: 250 } }));
  await other.choose((choices) => withDirection(choices, 'loss', 'max'));
  expect(other.choices).toEqual({
    metric: 'sharpe',
    directions: [{ metric: 'loss', mode: 'max' }],
    returns: { ...noReturnFacts, periods: 250 },
    layout: null,
  });
});

test.each([
  ['cut off', '{"format": 1, "metric": "sha'],
  ['of another version', '{"format": 2}'],
  ['empty', ''],
  ['with a direction that is none', '{"format":1,"metric":null,"directions":[{"metric":"a","mode":"up"}]}'],
])(
  'choices that are %s are told; until they are fixed the config counts, and nothing is pruned or chosen',
  async (_, text) => {
    const { run, ids } = makeRun();
    put(run, file, text);
    const manager = await open(run);
    expect(manager.problems).toEqual([{ path: file, problem: expect.stringContaining('is damaged') }]);
    expect([manager.metric.source, bestOf(manager)]).toEqual(['config', ids[0]]);
    const refusal = 'cannot tell by which metric a person chose the best';
    await expect(manager.planPrune(keepOne)).rejects.toThrow(refusal);
    await expect(manager.prune(keepOne)).rejects.toThrow(refusal);
    await expect(manager.choose(bySharpe)).rejects.toThrow(refusal);
    expect(readFileSync(join(run, file), 'utf8')).toBe(text);
    const bytes = writeTorchZip([3]);
    const saved = await manager.saveBestModel({ source: { chunks: [bytes], size: bytes.length }, reward: 0 });
    expect(saved.warnings.join()).toMatch(/retention did not run: .*choices\.json is damaged/);
    // A metric that is asked for needs no choice.
    await manager.planPrune(keepOne, { name: 'sharpe', mode: 'max', source: 'asked' });
    rmSync(join(run, file));
    await manager.look();
    expect(manager.problems).toEqual([]);
    await manager.prune(keepOne);
  },
);

test('a folder in the place of the choices is told', async () => {
  const { run } = makeRun();
  mkdirSync(join(run, file), { recursive: true });
  const manager = await open(run);
  expect(manager.problems).toHaveLength(1);
  await expect(manager.planPrune(keepOne)).rejects.toThrow('cannot tell by which metric');
});

test('of a run that must not be written to, the choices are in the app’s data', async () => {
  const { run, ids } = makeRun();
  const appData = temporaryFolder();
  chmodSync(run, 0o555);
  onTestFinished(() => chmodSync(run, 0o755));
  const manager = await open(run, appData);
  await manager.choose(bySharpe);
  expect(existsSync(join(run, '.cairn'))).toBe(false);
  expect(bestOf(await open(run, appData))).toBe(ids[1]);
  put(manager.bookkeeping, 'choices.json', '{');
  expect((await open(run, appData)).problems).toEqual([
    { path: join(manager.bookkeeping, 'choices.json'), problem: expect.stringContaining('is damaged') },
  ]);
});
